"""What learners write for Value: wrong answers, and right ones often refused."""

import numpy as np

from grader_tests.catalogue import accepted, misconception


class RightValue:
    """What each answer below shares with a right one; it differs in a method or two."""

    def __init__(self, data, parents=(), slopes=(), sign=""):
        self.data = data
        self.grad = 0.0
        self.parents = parents
        self.slopes = slopes
        self.sign = sign

    def new(self, *values):
        return type(self)(*values)

    def value(self, other):
        return other if isinstance(other, RightValue) else self.new(other)

    def __add__(self, other):
        other = self.value(other)
        return self.new(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        other = self.value(other)
        return self.new(self.data * other.data, (self, other), (other.data, self.data))

    def __pow__(self, n):
        return self.new(self.data**n, (self,), (n * self.data ** (n - 1),))

    def relu(self):
        return self.new(max(self.data, 0), (self,), (float(self.data > 0),))

    def order(self):
        """Return all Values that this one was made of, and itself at the end."""
        found = []

        def visit(value):
            if value not in found:
                for parent in value.parents:
                    visit(parent)
                found.append(value)

        visit(self)
        return found

    def backward(self):
        passed = {value: 0.0 for value in self.order()}
        passed[self] = 1.0
        for value in reversed(self.order()):
            value.grad += passed[value]
            for parent, slope in zip(value.parents, value.slopes):
                passed[parent] += slope * passed[value]

    def __radd__(self, other):
        return self + other

    def __rmul__(self, other):
        return self * other

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + other * -1

    def __rsub__(self, other):
        return self * -1 + other

    def __truediv__(self, other):
        return self * other**-1

    def __rtruediv__(self, other):
        return self**-1 * other


@misconception(
    "Where a Value is used twice, the gradient that comes in last replaces the other: it needs the "
    "sum over all its uses.",
    caught_by="test_value_used_twice",
)
class GradientReplaced(RightValue):
    def backward(self):
        passed = {self: 1.0}
        for value in reversed(self.order()):
            value.grad += passed[value]
            for parent, slope in zip(value.parents, value.slopes):
                passed[parent] = slope * passed[value]


@misconception(
    "A Value passes its gradient on before all of it has come in. Parents may only come after every "
    "Value that was made of them: the order needs a thought where ways have different lengths.",
    caught_by="test_value_order",
)
class BreadthFirst(RightValue):
    def backward(self):
        passed, waiting, done = {self: 1.0}, [self], {self}
        for value in waiting:
            for parent, slope in zip(value.parents, value.slopes):
                passed[parent] = passed.get(parent, 0.0) + slope * passed[value]
                if parent not in done:
                    done.add(parent)
                    waiting.append(parent)
        for value in waiting:
            value.grad += passed[value]


@misconception(
    "`backward` first sets every gradient to zero, so nothing adds up from one call to the next. "
    "Whoever calls it may want the sum; the zeroing is left to them.",
    caught_by="test_value_gradients_add_up",
)
class ZeroedFirst(RightValue):
    def backward(self):
        for value in self.order():
            value.grad = 0.0
        self.grad = 1.0
        for value in reversed(self.order()):
            for parent, slope in zip(value.parents, value.slopes):
                parent.grad += slope * value.grad


@misconception(
    "A second `backward` passes on what the first one has left in the Values between: the old "
    "gradients run down the graph again, and the numbers at its beginning get too much.",
    caught_by="test_value_gradients_add_up",
)
class OldGradientsPassedOn(RightValue):
    def backward(self):
        self.grad = 1.0
        for value in reversed(self.order()):
            for parent, slope in zip(value.parents, value.slopes):
                parent.grad += slope * value.grad


@misconception(
    "All gradients stay 0: nothing starts the chain. The derivative of the result with respect to "
    "itself is 1.",
    caught_by="test_value_sum_and_product",
)
class NothingToBeginWith(RightValue):
    def backward(self):
        for value in reversed(self.order()):
            for parent, slope in zip(value.parents, value.slopes):
                parent.grad += slope * value.grad


@misconception(
    "The two slopes of a product are swapped: the slope with respect to one factor is the other one.",
    caught_by="test_value_sum_and_product",
)
class OwnFactorAsSlope(RightValue):
    def __mul__(self, other):
        other = self.value(other)
        return self.new(self.data * other.data, (self, other), (self.data, other.data))


@misconception(
    "The sum gets the slopes of a product. If one part of a sum grows by a little, the sum grows by "
    "just as much, whatever the other part is.",
    caught_by="test_value_sum_and_product",
)
class SumLikeProduct(RightValue):
    def __add__(self, other):
        other = self.value(other)
        return self.new(self.data + other.data, (self, other), (other.data, self.data))


@misconception(
    "The slope of a power lacks its factor: the exponent comes down in front.",
    caught_by="test_value_power",
)
class ExponentNotInFront(RightValue):
    def __pow__(self, n):
        return self.new(self.data**n, (self,), (self.data ** (n - 1),))


@misconception(
    "In the slope of a power the exponent is still as large as before: it goes down by one.",
    caught_by="test_value_power",
)
class ExponentNotReduced(RightValue):
    def __pow__(self, n):
        return self.new(self.data**n, (self,), (n * self.data**n,))


@misconception(
    "`relu` lets every gradient through. Where the number was negative, the output stays 0 whatever "
    "happens to it, and the slope is 0.",
    caught_by="test_value_relu",
)
class ReluLetsAllThrough(RightValue):
    def relu(self):
        return self.new(max(self.data, 0), (self,), (1.0,))


@misconception(
    "At exactly 0 the slope of `relu` is 0 in this course, as in most frameworks.",
    caught_by="test_value_relu",
)
class ReluOpenAtZero(RightValue):
    def relu(self):
        return self.new(max(self.data, 0), (self,), (1.0 if self.data >= 0 else 0.0,))


@misconception(
    "What `relu` returns does not know what it was made of: it has no parents, so the gradient ends "
    "there.",
    caught_by="test_value_relu",
)
class ReluWithoutParents(RightValue):
    def relu(self):
        return self.new(max(self.data, 0))


@misconception(
    "A plain number has no `data`. Make a Value of it before you use it like one.",
    caught_by="test_value_plain_numbers",
)
class NumbersNotConverted(RightValue):
    def __add__(self, other):
        return self.new(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        return self.new(self.data * other.data, (self, other), (other.data, self.data))


@misconception(
    "The product of two Values is a plain number here. It should be a Value again, which remembers "
    "the two.",
    caught_by="test_value_sum_and_product",
)
class ProductIsANumber(RightValue):
    def __mul__(self, other):
        return self.data * self.value(other).data


@misconception(
    "The gradients reach the parents and go no further. What the parents were made of has its share, "
    "too: the chain rule goes on to the beginning.",
    caught_by="test_value_chain",
)
class ParentsOnly(RightValue):
    def backward(self):
        self.grad += 1.0
        for parent, slope in zip(self.parents, self.slopes):
            parent.grad += slope


@misconception(
    "Each Value gets the slope of the one step after it, without what comes from behind that. Along "
    "a chain the slopes are multiplied.",
    caught_by="test_value_chain",
)
class SlopesNotMultiplied(RightValue):
    def backward(self):
        self.grad += 1.0
        for value in reversed(self.order()):
            for parent, slope in zip(value.parents, value.slopes):
                parent.grad += slope


@misconception(
    "The Values are visited from the beginning to the result, where the gradient starts: almost "
    "everything is passed on while it is still 0. Go the other way.",
    caught_by="test_value_chain",
)
class ForwardOrder(RightValue):
    def backward(self):
        self.grad = 1.0
        for value in self.order():
            for parent, slope in zip(value.parents, value.slopes):
                parent.grad += slope * value.grad


@accepted("a closure for each operation, and gradients between that start afresh")
class Closures:
    def __init__(self, data, children=()):
        self.data, self.grad = data, 0.0
        self.pull, self.children = (lambda: None), set(children)

    def __add__(self, other):
        other = other if isinstance(other, Closures) else Closures(other)
        out = Closures(self.data + other.data, (self, other))

        def pull():
            self.grad += out.grad
            other.grad += out.grad

        out.pull = pull
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Closures) else Closures(other)
        out = Closures(self.data * other.data, (self, other))

        def pull():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.pull = pull
        return out

    def __pow__(self, n):
        out = Closures(self.data**n, (self,))

        def pull():
            self.grad += n * self.data ** (n - 1) * out.grad

        out.pull = pull
        return out

    def relu(self):
        out = Closures(0 if self.data < 0 else self.data, (self,))

        def pull():
            self.grad += (out.data > 0) * out.grad

        out.pull = pull
        return out

    def backward(self):
        order, seen = [], set()

        def visit(value):
            if value not in seen:
                seen.add(value)
                for child in value.children:
                    visit(child)
                order.append(value)

        visit(self)
        for value in order:
            if value.children:
                value.grad = 0.0
        self.grad = 1.0
        for value in reversed(order):
            value.pull()

    __radd__ = __add__
    __rmul__ = __mul__

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + (-other)

    def __rsub__(self, other):
        return other + (-self)

    def __truediv__(self, other):
        return self * other**-1


@accepted("along every single way to the beginning, without any order")
class EveryWay(RightValue):
    def backward(self, gradient=1.0):
        self.grad += gradient
        for parent, slope in zip(self.parents, self.slopes):
            parent.backward(gradient * slope)


@accepted("prints, NumPy numbers, type annotations, and a count of makings for the order")
class Counted(RightValue):
    made = 0

    def __init__(self, data: float, *how) -> None:
        super().__init__(np.float64(data), *how)
        Counted.made += 1
        self.number = Counted.made

    def relu(self) -> "Counted":
        slope = np.heaviside(self.data, 0.0)
        return Counted(np.maximum(self.data, 0.0), (self,), (slope,), "relu")

    def backward(self) -> None:
        waiting = {self: np.float64(1.0)}
        while waiting:
            value = max(waiting, key=lambda one: one.number)
            gradient = waiting.pop(value)
            print(value.sign, value.data, gradient)
            value.grad = value.grad + gradient
            for parent, slope in zip(value.parents, value.slopes):
                waiting[parent] = waiting.get(parent, 0.0) + gradient * slope
