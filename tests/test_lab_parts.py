"""Of a wrong answer to the labs' functions, the part that is wrong is told, and in which case."""

import pytest

from tests.reference import reference
from workbook.course.cases import check_data
from workbook.course.scripted import as_function
from workbook.diagnosis.diagnosis import diagnose, observe


def by_layers_and_examples(AL, Y, parameters, lambd):
    layers = len(parameters) // 2
    return reference.cost_with_l2(AL, Y, parameters, lambd / layers)


def beta_last(params, grads, s, learning_rate, eps=1e-8, beta=0.9):
    return reference.update_with_rmsprop(params, grads, s, learning_rate, beta, eps)


def best_by_the_patience(costs, patience):
    best_epoch, stop_epoch = reference.early_stopping(costs, patience)
    return min(best_epoch, max(stop_epoch - patience, 0)), stop_epoch


class WithAnswersOfPredict(reference.NeuralNetwork):
    def predict(self, X):
        self.AL, _ = reference.L_model_forward(X, self.parameters)
        return (self.AL > 0.5).astype(float)


@pytest.mark.parametrize(
    ("name", "answer", "said"),
    [
        ("cost_with_l2", by_layers_and_examples, "The penalty in cost is 0.5 times what it"),
        ("update_with_rmsprop", beta_last, "The answer is as if beta and eps were exchanged: the"),
        ("early_stopping", best_by_the_patience, "best_epoch is too early by 1 in the case"),
        ("NeuralNetwork", WithAnswersOfPredict, "in net.grads is wrong in every entry in the case"),
    ],
)
def test_the_part_that_is_wrong_is_told(name, answer, said):
    seen = observe(as_function(answer), check_data(name).cases)
    assert said in diagnose(name, seen)
