"""Reference solution of Value."""


class Value:
    """A number that remembers what it was made of, so that it can find its own derivatives.

    `a + b`, `a * b`, `a ** n` and `a.relu()` make a new Value. Next to its number, the new one
    keeps its parents, the Values that it was made of, and the slope towards each: its derivative
    with respect to that parent alone. By the chain rule these are enough.

    Parameters
    ----------
    data : float
        The number.
    parents : tuple of Value
        What it was made of; empty for a number that you write down.
    slopes : tuple of float
        Its derivative with respect to each parent, in the same order.
    sign : str
        The operation, for the picture of the graph.

    Attributes
    ----------
    grad : float
        What every `backward` so far has found: the sum of the derivatives with respect to this
        number. 0 at first.
    """

    def __init__(self, data, parents=(), slopes=(), sign=""):
        self.data = data
        self.grad = 0.0
        self.parents = parents
        self.slopes = slopes
        self.sign = sign

    def __add__(self, other):
        """Return self + other; other is a Value or a plain number."""
        ### BEGIN SOLUTION
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data + other.data, (self, other), (1.0, 1.0), "+")
        ### END SOLUTION

    def __mul__(self, other):
        """Return self * other; other is a Value or a plain number."""
        ### BEGIN SOLUTION
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data * other.data, (self, other), (other.data, self.data), "*")
        ### END SOLUTION

    def __pow__(self, n):
        """Return self ** n; n is a plain number."""
        ### BEGIN SOLUTION
        return Value(self.data**n, (self,), (n * self.data ** (n - 1),), f"** {n}")
        ### END SOLUTION

    def relu(self):
        """Return self where it is positive, else 0; the slope at exactly 0 is 0."""
        ### BEGIN SOLUTION
        slope = 1.0 if self.data > 0 else 0.0
        return Value(max(self.data, 0.0), (self,), (slope,), "relu")
        ### END SOLUTION

    def backward(self):
        """Add the derivative of self, with respect to each Value it was made of, to its grad.

        Values come in such an order that each is finished before it is passed on: every Value
        after all that were made of it. What earlier calls have left in a grad stays in the sum,
        and has no part in what this call passes on.
        """
        ### BEGIN SOLUTION
        order, seen = [], set()

        def visit(value):
            if value not in seen:
                seen.add(value)
                for parent in value.parents:
                    visit(parent)
                order.append(value)

        visit(self)
        found = dict.fromkeys(order, 0.0)
        found[self] = 1.0
        for value in reversed(order):
            value.grad += found[value]
            for parent, slope in zip(value.parents, value.slopes, strict=True):
                found[parent] += found[value] * slope
        ### END SOLUTION

    # The rest follows from these. A number on the left, as in `2 * x`, asks x: `__rmul__`.

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
