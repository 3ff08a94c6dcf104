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
    "Where a Value is used twice, only one of its gradients is left: it needs the sum over all"
    " its uses.",
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
    "A Value passes its gradient on before all of it has come in. Parents may only come after"
    " every Value that was made of them: the order needs a thought where ways have different"
    " lengths.",
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
    "A Value counts and passes on what has come in so far, before the rest has come in. Parents may"
    " only come after every Value that was made of them: what is nearest to the result is not"
    " always first.",
    caught_by="test_value_order",
)
class NearestFirst(RightValue):
    def backward(self):
        passed, waiting = {self: 1.0}, [self]
        for value in waiting:
            waiting += [one for one in dict.fromkeys(value.parents) if one not in waiting]
        for value in waiting:
            gradient = passed.get(value, 0.0)
            value.grad += gradient
            for parent, slope in zip(value.parents, value.slopes):
                passed[parent] = passed.get(parent, 0.0) + slope * gradient


@misconception(
    "Where both parts of `+` or `*` are one and the same Value, as in `a * a`, only one of the two"
    " slopes counts. It gets the sum of both, so go through the parents as they stand, not through"
    " a set or a dictionary of them.",
    caught_by="test_value_used_twice",
)
class SameParentOnce(RightValue):
    def backward(self):
        passed = {value: 0.0 for value in self.order()}
        passed[self] = 1.0
        for value in reversed(self.order()):
            value.grad += passed[value]
            for parent, slope in dict(zip(value.parents, value.slopes)).items():
                passed[parent] += slope * passed[value]


@misconception(
    "Nothing adds up from one call of `backward` to the next: the new gradients take the place of"
    " the old ones. Whoever calls it may want the sum; the zeroing is left to them.",
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
    "`backward` takes the graph apart behind it. A later call that comes by the same Values then "
    "finds no way through them: what a Value was made of is to stay.",
    caught_by="test_value_gradients_add_up",
)
class TakenApart(RightValue):
    def backward(self):
        order = self.order()
        super().backward()
        for value in order:
            value.parents = value.slopes = ()


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
    "No gradient reaches what the result is made of. Does the chain start with 1, the derivative "
    "of the result with respect to itself, and does it go from the result to the beginning?",
    caught_by="test_value_sum_and_product",
)
class NothingToBeginWith(RightValue):
    def backward(self):
        for value in reversed(self.order()):
            for parent, slope in zip(value.parents, value.slopes):
                parent.grad += slope * value.grad


@misconception(
    "The two slopes of a product are swapped: the slope with respect to one factor is the other "
    "one.",
    caught_by="test_value_sum_and_product",
)
class OwnFactorAsSlope(RightValue):
    def __mul__(self, other):
        other = self.value(other)
        return self.new(self.data * other.data, (self, other), (self.data, other.data))


@misconception(
    "The sum gets the slopes of a product. If one part of a sum grows by a little, the sum grows"
    " by just as much, whatever the other part is.",
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
    "`relu` lets every gradient through. Where the number was negative, the output stays 0"
    " whatever happens to it, and the slope is 0.",
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
    "No gradient comes through `relu`. Does what it returns know what it was made of, with the"
    " slope 1 where that was positive, and is it told apart from a Value of the same number?",
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
    "The gradients reach the parents and go no further. What the parents were made of has its"
    " share, too: the chain rule goes on to the beginning.",
    caught_by="test_value_chain",
)
class ParentsOnly(RightValue):
    def backward(self):
        self.grad += 1.0
        for parent, slope in zip(self.parents, self.slopes):
            parent.grad += slope


@misconception(
    "Each Value gets the slope of the one step after it, without what comes from behind that."
    " Along a chain the slopes are multiplied.",
    caught_by="test_value_chain",
)
class SlopesNotMultiplied(RightValue):
    def backward(self):
        self.grad += 1.0
        for value in reversed(self.order()):
            for parent, slope in zip(value.parents, value.slopes):
                parent.grad += slope


@misconception(
    "Almost all gradients stay 0, as when the Values are visited from the beginning to the"
    " result, where the gradient starts. Go the other way.",
    caught_by="test_value_chain",
)
class ForwardOrder(RightValue):
    def backward(self):
        self.grad = 1.0
        for value in self.order():
            for parent, slope in zip(value.parents, value.slopes):
                parent.grad += slope * value.grad


@misconception(
    "A gradient that comes in replaces what is there, so neither several uses of a Value nor "
    "several calls of `backward` add up.",
    caught_by="test_value_gradients_add_up",
)
class GradientAssigned(RightValue):
    def backward(self):
        self.grad = 1.0
        for value in reversed(self.order()):
            for parent, slope in zip(value.parents, value.slopes):
                parent.grad = slope * value.grad


@misconception(
    "A second `backward` of the same Value starts with 2: its own gradient of the first call is "
    "still there, and is passed on again. What earlier calls have left has no part in what a call "
    "passes on.",
    caught_by="test_value_gradients_add_up",
)
class OwnGradientAddedUp(RightValue):
    def backward(self):
        self.grad += 1.0
        for value in reversed(self.order()):
            for parent, slope in zip(value.parents, value.slopes):
                parent.grad += slope * value.grad


@misconception(
    "Each time a gradient comes in, a Value passes on all that it has: what came in before goes "
    "down the graph once more. Pass on only when all has come in, or only what is new.",
    caught_by="test_value_order",
)
class PassedOnTooOften(RightValue):
    def backward(self):
        self.grad = self.grad or 1.0
        for parent, slope in zip(self.parents, self.slopes):
            parent.grad += slope * self.grad
            parent.backward()


@misconception(
    "A Value that is used twice keeps only the gradient that came in last, and passes it on at "
    "once: it needs the sum over all its uses.",
    caught_by="test_value_used_twice",
)
class ReplacedAndPassedOn(RightValue):
    def backward(self, gradient=1.0):
        self.grad = gradient
        for parent, slope in zip(self.parents, self.slopes):
            parent.backward(gradient * slope)


@misconception(
    "The Values come in the order in which a walk from the result finds them, so one may pass its "
    "gradient on before all of it has come in. It has to come after every Value that was made of "
    "it.",
    caught_by="test_value_order",
)
class DepthFirst(RightValue):
    def backward(self):
        found, passed = [], {self: 1.0}

        def visit(value):
            if value not in found:
                found.append(value)
                for parent in value.parents:
                    visit(parent)

        visit(self)
        for value in found:
            passed.setdefault(value, 0.0)
            value.grad += passed[value]
            for parent, slope in zip(value.parents, value.slopes):
                passed[parent] = passed.get(parent, 0.0) + slope * passed[value]


@misconception(
    "A Value that is used twice comes twice in the order, and passes its gradient on both times. "
    "Each Value comes once: remember which have been seen.",
    caught_by="test_value_order",
)
class VisitedTwice(RightValue):
    def order(self):
        found = []

        def visit(value):
            for parent in value.parents:
                visit(parent)
            found.append(value)

        visit(self)
        return found

    def backward(self):
        passed = {value: 0.0 for value in self.order()}
        passed[self] = 1.0
        for value in reversed(self.order()):
            for parent, slope in zip(value.parents, value.slopes):
                passed[parent] += slope * passed[value]
        for value in passed:
            value.grad += passed[value]


@misconception(
    "Only the first Value of each pair gets a gradient. The result depends on both.",
    caught_by="test_value_sum_and_product",
)
class FirstParentOnly(RightValue):
    def backward(self):
        passed = {value: 0.0 for value in self.order()}
        passed[self] = 1.0
        for value in reversed(self.order()):
            value.grad += passed[value]
            for parent, slope in list(zip(value.parents, value.slopes))[:1]:
                passed[parent] += slope * passed[value]


@misconception(
    "The chain starts with the result's own number. It starts with 1, the derivative of the result "
    "with respect to itself.",
    caught_by="test_value_sum_and_product",
)
class StartsWithData(RightValue):
    def backward(self):
        passed = {value: 0.0 for value in self.order()}
        passed[self] = self.data
        for value in reversed(self.order()):
            value.grad += passed[value]
            for parent, slope in zip(value.parents, value.slopes):
                passed[parent] += slope * passed[value]


@misconception(
    "The slope is added to the gradient that comes from behind. Along a chain they are multiplied.",
    caught_by="test_value_chain",
)
class SlopesAdded(RightValue):
    def backward(self):
        passed = {value: 0.0 for value in self.order()}
        passed[self] = 1.0
        for value in reversed(self.order()):
            value.grad += passed[value]
            for parent, slope in zip(value.parents, value.slopes):
                passed[parent] += slope + passed[value]


@misconception(
    "Each step is multiplied by the Value's own number as well. The slope holds all that is "
    "needed.",
    caught_by="test_value_chain",
)
class TimesData(RightValue):
    def backward(self):
        passed = {value: 0.0 for value in self.order()}
        passed[self] = 1.0
        for value in reversed(self.order()):
            value.grad += passed[value]
            for parent, slope in zip(value.parents, value.slopes):
                passed[parent] += slope * value.data * passed[value]


@misconception(
    "All gradients have the wrong sign.",
    caught_by="test_value_sum_and_product",
)
class UphillSign(RightValue):
    def backward(self):
        passed = {value: 0.0 for value in self.order()}
        passed[self] = -1.0
        for value in reversed(self.order()):
            value.grad += passed[value]
            for parent, slope in zip(value.parents, value.slopes):
                passed[parent] += slope * passed[value]


@misconception(
    "The slope of a power takes away 1 at the end, as the power comes before the minus. It is the"
    " exponent that goes down by one.",
    caught_by="test_value_power",
)
class PowerRuleInDoubt(RightValue):
    def __pow__(self, n):
        return self.new(self.data**n, (self,), (n * self.data**n - 1,))


@misconception(
    "The power is divided by the exponent that should stand in front as a factor: that is how one "
    "integrates.",
    caught_by="test_value_power",
)
class ExponentDividesPower(RightValue):
    def __pow__(self, n):
        return self.new(self.data**n, (self,), (self.data ** (n - 1) / n,))


@misconception(
    "The slope of a power is the exponent times the number. The number itself has an exponent, too: "
    "the one that is given, less one.",
    caught_by="test_value_power",
)
class ExponentTimesNumber(RightValue):
    def __pow__(self, n):
        return self.new(self.data**n, (self,), (n * self.data,))


@misconception(
    "In the slope of a power the exponent goes up by one. It goes down.",
    caught_by="test_value_power",
)
class ExponentRaised(RightValue):
    def __pow__(self, n):
        return self.new(self.data**n, (self,), (n * self.data ** (n + 1),))


@misconception(
    "The slope of every power is that of a square. The exponent that is given comes down in front.",
    caught_by="test_value_power",
)
class PowerOfTwoOnly(RightValue):
    def __pow__(self, n):
        return self.new(self.data**n, (self,), (2 * self.data,))


@misconception(
    "`**` multiplies. It raises to the power.",
    caught_by="test_value_data",
)
class PowerAsProduct(RightValue):
    def __pow__(self, n):
        return self.new(self.data * n, (self,), (float(n),))


@misconception(
    "No gradient comes through `**`. Does what it returns know what it was made of, with the"
    " slope of a power?",
    caught_by="test_value_power",
)
class PowerWithoutParents(RightValue):
    def __pow__(self, n):
        return self.new(self.data**n)


@misconception(
    "The slope of a power is 1, as if nothing happened to the number.",
    caught_by="test_value_power",
)
class PowerSlopeOne(RightValue):
    def __pow__(self, n):
        return self.new(self.data**n, (self,), (1.0,))


@misconception(
    "The slope of a sum is a half for each part. If one part grows by a little, the sum grows by "
    "just as much.",
    caught_by="test_value_sum_and_product",
)
class SumOfBothIsOne(RightValue):
    def __add__(self, other):
        other = self.value(other)
        return self.new(self.data + other.data, (self, other), (0.5, 0.5))


@misconception(
    "The right part of a sum gets no gradient. The result depends on both parts.",
    caught_by="test_value_sum_and_product",
)
class SumKnowsOneParent(RightValue):
    def __add__(self, other):
        other = self.value(other)
        return self.new(self.data + other.data, (self,), (1.0,))


@misconception(
    "The slopes of a sum are its own parts. If one part grows by a little, the sum grows by just "
    "as much: what that part is plays no role.",
    caught_by="test_value_sum_and_product",
)
class SumPartsAsSlopes(RightValue):
    def __add__(self, other):
        other = self.value(other)
        return self.new(self.data + other.data, (self, other), (self.data, other.data))


@misconception(
    "No gradient comes through `+`. Does what it returns know both parts that it was made of,"
    " with a slope for each?",
    caught_by="test_value_sum_and_product",
)
class SumWithoutParents(RightValue):
    def __add__(self, other):
        other = self.value(other)
        return self.new(self.data + other.data)


@misconception(
    "No gradient comes through `*`. Does what it returns know both factors that it was made of,"
    " with a slope for each?",
    caught_by="test_value_sum_and_product",
)
class ProductWithoutParents(RightValue):
    def __mul__(self, other):
        other = self.value(other)
        return self.new(self.data * other.data)


@misconception(
    "The right factor of a product gets no gradient. The result depends on both factors.",
    caught_by="test_value_sum_and_product",
)
class ProductKnowsOneParent(RightValue):
    def __mul__(self, other):
        other = self.value(other)
        return self.new(self.data * other.data, (self,), (other.data,))


@misconception(
    "The slopes of a product are 1, as those of a sum. The slope with respect to one factor is the "
    "other factor.",
    caught_by="test_value_sum_and_product",
)
class ProductSlopesOne(RightValue):
    def __mul__(self, other):
        other = self.value(other)
        return self.new(self.data * other.data, (self, other), (1.0, 1.0))


@misconception(
    "Both slopes of a product are the product itself. The slope with respect to one factor is the "
    "other factor alone.",
    caught_by="test_value_sum_and_product",
)
class ProductOfBothAsSlope(RightValue):
    def __mul__(self, other):
        other = self.value(other)
        product = self.data * other.data
        return self.new(product, (self, other), (product, product))


@misconception(
    "`*` adds the two numbers.",
    caught_by="test_value_data",
)
class ProductAdds(RightValue):
    def __mul__(self, other):
        other = self.value(other)
        return self.new(self.data + other.data, (self, other), (other.data, self.data))


@misconception(
    "The sum of two Values is a plain number here. It should be a Value again, which remembers the "
    "two.",
    caught_by="test_value_sum_and_product",
)
class SumIsANumber(RightValue):
    def __add__(self, other):
        return self.data + self.value(other).data


@misconception(
    "A plain number has no `data`. In `+`, make a Value of it before you use it like one.",
    caught_by="test_value_plain_numbers",
)
class NumbersNotConvertedInSums(RightValue):
    def __add__(self, other):
        return self.new(self.data + other.data, (self, other), (1.0, 1.0))


@misconception(
    "The slope of `relu` is the number itself where it is positive. It is 1 there: the output "
    "grows as much as the number.",
    caught_by="test_value_relu",
)
class ReluOfTheSlope(RightValue):
    def relu(self):
        out = max(self.data, 0)
        return self.new(out, (self,), (float(out),))


@misconception(
    "Below 0 the slope of `relu` is 0.01, that of a leaky one. Here it is 0.",
    caught_by="test_value_relu",
)
class ReluLeaky(RightValue):
    def relu(self):
        return self.new(max(self.data, 0), (self,), (1.0 if self.data > 0 else 0.01,))


@misconception(
    "`relu` lets negative numbers through, and only its slope is 0 there. The number becomes 0 as "
    "well.",
    caught_by="test_value_data",
)
class ReluOnSlopeOnly(RightValue):
    def relu(self):
        return self.new(self.data, (self,), (float(self.data > 0),))


@misconception(
    "`relu` gives the absolute value. A negative number becomes 0.",
    caught_by="test_value_data",
)
class ReluAbsolute(RightValue):
    def relu(self):
        return self.new(abs(self.data), (self,), (float(self.data > 0),))


@misconception(
    "`relu` lets the negative numbers through and stops the positive ones. It is the other way "
    "round.",
    caught_by="test_value_data",
)
class ReluTurnedRound(RightValue):
    def relu(self):
        return self.new(min(self.data, 0), (self,), (float(self.data < 0),))


@misconception(
    "The slope of `relu` is 1 where it should be 0, and 0 where it should be 1.",
    caught_by="test_value_relu",
)
class ReluSlopeTurnedRound(RightValue):
    def relu(self):
        return self.new(max(self.data, 0), (self,), (float(self.data <= 0),))


@misconception(
    "What `relu` returns is a plain number. It should be a Value again, which remembers what it "
    "was made of.",
    caught_by="test_value_relu",
)
class ReluIsANumber(RightValue):
    def relu(self):
        return max(self.data, 0.0)


@misconception(
    "Only the Values that were made of nothing get their gradient; those in between stay at 0. "
    "Every Value has a grad.",
    caught_by="test_value_sum_and_product",
)
class BeginningsOnly(RightValue):
    def backward(self):
        passed = {value: 0.0 for value in self.order()}
        passed[self] = 1.0
        for value in reversed(self.order()):
            if not value.parents:
                value.grad += passed[value]
            for parent, slope in zip(value.parents, value.slopes):
                passed[parent] += slope * passed[value]


@misconception(
    "A Value that is used several times gets the gradient of one way to it only. It gets the sum over "
    "all of them: to have been there once is no reason to stop.",
    caught_by="test_value_used_twice",
)
class OneWayOnly(RightValue):
    def backward(self):
        seen = set()

        def visit(value, gradient):
            if value not in seen:
                seen.add(value)
                value.grad += gradient
                for parent, slope in zip(value.parents, value.slopes):
                    visit(parent, gradient * slope)

        visit(self, 1.0)


@misconception(
    "A Value that is used several times gets the mean over its uses. It gets their sum.",
    caught_by="test_value_used_twice",
)
class GradientsDividedByUses(RightValue):
    def backward(self):
        passed = {value: [] for value in self.order()}
        passed[self] = [1.0]
        for value in reversed(self.order()):
            gradient = sum(passed[value]) / len(passed[value])
            value.grad += gradient
            for parent, slope in zip(value.parents, value.slopes):
                passed[parent].append(slope * gradient)


@misconception(
    "Each Value sets its own gradient to 1 before it passes on. Only the result starts with 1, the "
    "derivative with respect to itself.",
    caught_by="test_value_chain",
)
class StartsEverywhere(RightValue):
    def backward(self):
        self.grad = 1.0
        for parent, slope in zip(self.parents, self.slopes):
            parent.grad += slope * self.grad
        for parent in self.parents:
            parent.backward()


@misconception(
    "What comes from behind a product is lost there: its slope is passed on alone. Along a chain "
    "it is multiplied by the gradient of the result.",
    caught_by="test_value_chain",
)
class ProductForgetsTheChain(RightValue):
    def __mul__(self, other):
        other = self.value(other)
        return self.new(self.data * other.data, (self, other), (other.data, self.data), "*")

    def backward(self):
        passed = {value: 0.0 for value in self.order()}
        passed[self] = 1.0
        for value in reversed(self.order()):
            value.grad += passed[value]
            for parent, slope in zip(value.parents, value.slopes):
                passed[parent] += slope if value.sign == "*" else slope * passed[value]


@misconception(
    "What comes from behind a sum is lost there: its slope is passed on alone. Along a chain it is "
    "multiplied by the gradient of the result.",
    caught_by="test_value_chain",
)
class SumForgetsTheChain(RightValue):
    def __add__(self, other):
        other = self.value(other)
        return self.new(self.data + other.data, (self, other), (1.0, 1.0), "+")

    def backward(self):
        passed = {value: 0.0 for value in self.order()}
        passed[self] = 1.0
        for value in reversed(self.order()):
            value.grad += passed[value]
            for parent, slope in zip(value.parents, value.slopes):
                passed[parent] += slope if value.sign == "+" else slope * passed[value]


@misconception(
    "What comes from behind a power is lost there: its slope is passed on alone. Along a chain it "
    "is multiplied by the gradient of the result.",
    caught_by="test_value_chain",
)
class PowerForgetsTheChain(RightValue):
    def __pow__(self, n):
        return self.new(self.data**n, (self,), (n * self.data ** (n - 1),), "**")

    def backward(self):
        passed = {value: 0.0 for value in self.order()}
        passed[self] = 1.0
        for value in reversed(self.order()):
            value.grad += passed[value]
            for parent, slope in zip(value.parents, value.slopes):
                passed[parent] += slope if value.sign == "**" else slope * passed[value]


@misconception(
    "A sum changes its left part, which then holds the sum as well. The parts stay as they are.",
    caught_by="test_value_sums",
)
class SumChangesItsLeftPart(RightValue):
    def __add__(self, other):
        other = self.value(other)
        self.data += other.data
        return self.new(self.data, (self, other), (1.0, 1.0))


@misconception(
    "Two Values with equal numbers are taken for one, so a gradient is lost where they meet. They"
    " are told apart by what they are, not by their numbers.",
    caught_by="test_value_used_twice",
)
class EqualNumbersAreOne(RightValue):
    def order(self):
        found, seen = [], set()

        def visit(value):
            if value.data not in seen:
                seen.add(value.data)
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
                if parent in passed:
                    passed[parent] += slope * passed[value]


@misconception(
    "`relu` lets a small share of negative numbers through, as a leaky ReLU does. Here they become"
    " 0, and so does their slope.",
    caught_by="test_value_relu",
)
class ReluLeaks(RightValue):
    def relu(self):
        share = 1.0 if self.data > 0 else 0.01
        return self.new(share * self.data, (self,), (share,))


@misconception(
    "The gradient of the result itself is never stored. It counts once: 1 is added to its grad.",
    caught_by="test_value_sum_and_product",
)
class OwnGradientNotStored(RightValue):
    def backward(self):
        passed = {value: 0.0 for value in self.order()}
        passed[self] = 1.0
        for value in reversed(self.order()):
            if value is not self:
                value.grad += passed[value]
            for parent, slope in zip(value.parents, value.slopes):
                passed[parent] += slope * passed[value]


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
