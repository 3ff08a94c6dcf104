"""The playground without a browser: its points, its training in slices, and what it says."""

import asyncio
import base64
import io
import signal
import threading

import numpy as np
import pytest
from matplotlib import colormaps
from matplotlib import pyplot as plt
from PIL import Image

from tests.reference import COURSE, reference
from tests.submissions import hand_in
from workbook import playground
from workbook.course.exercises import EXERCISES, find
from workbook.figures.picture import Picture
from workbook.figures.plots.training_panels import plane_points
from workbook.grade.submissions import answers
from workbook.learn.flow.datasets import PLANE_DATASETS, plane_dataset, random_points
from workbook.learn.flow.learner_functions import OwnFunctions, own_functions, with_labs
from workbook.learn.flow.linked_calls import OwnFunctionError
from workbook.learn.playground import playground as module
from workbook.learn.playground.canvas import Canvas
from workbook.learn.playground.choice import HE, POINTS, SMALL, NetworkChoice
from workbook.learn.playground.player import PICTURES, SLICE_SECONDS, Player
from workbook.learn.playground.playground import Playground, status
from workbook.learn.playground.training import Training

REFERENCE = own_functions(reference=True)


def with_function(name, function):
    return OwnFunctions({**REFERENCE.functions, name: function})


# The points


@pytest.mark.parametrize("name", PLANE_DATASETS)
def test_a_data_set_has_two_classes_and_comes_again_from_its_seed(name):
    X, Y = plane_dataset(name, POINTS, 3)
    assert X.shape == (2, POINTS)
    assert Y.shape == (1, POINTS)
    assert set(np.unique(Y)) == {0.0, 1.0}
    assert 0.35 < Y.mean() < 0.65
    assert np.abs(X).max() < 2.3
    assert np.array_equal(X, plane_dataset(name, POINTS, 3)[0])
    assert not np.array_equal(X, plane_dataset(name, POINTS, 4)[0])


def test_the_few_points_of_flow():
    X, Y = random_points(3, 6, 1)
    nearest = np.argsort(np.linalg.norm(X, axis=0))
    assert Y[0, nearest].tolist() == [1, 1, 0, 0, 0, 0]
    assert random_points(1, 1, 1)[1].tolist() == [[1]]


# The training


def test_the_training_is_the_learners_own_loop():
    choice = NetworkChoice(
        data="circles", held_out=0, start=SMALL, hidden_layers=1, units=4, learning_rate=0.7
    )
    training = Training(REFERENCE, choice)
    training.advance(choice, 20, 60)
    X, Y = plane_dataset("circles", POINTS, 1)
    np.random.seed(1)
    parameters, costs = REFERENCE["initialize_parameters_deep"]([2, 4, 1]), []
    for _ in range(20):
        AL, caches = reference.L_model_forward(X, parameters)
        costs.append(reference.compute_cost(AL, Y))
        grads = reference.L_model_backward(AL, Y, caches)
        parameters = reference.update_parameters(parameters, grads, 0.7)
    assert training.costs == costs
    assert training.accuracy == np.mean((AL > 0.5) == (Y == 1))
    for key, value in parameters.items():
        assert np.array_equal(training.parameters[key], value)


def test_the_larger_start_is_hes_rule():
    small, large = (
        Training(REFERENCE, NetworkChoice(units=16, start=start)).parameters
        for start in (SMALL, HE)
    )
    assert np.allclose(large["W2"], small["W2"] * 100 * np.sqrt(2 / 16))
    assert large["W2"].std() == pytest.approx(np.sqrt(2 / 16), rel=0.2)
    assert np.array_equal(large["b2"], small["b2"])


@pytest.mark.in_turns(2)
@pytest.mark.parametrize("name", PLANE_DATASETS)
def test_the_first_choices_learn_every_data_set(name):
    choice = NetworkChoice(data=name)
    training = Training(REFERENCE, choice)
    training.advance(choice, choice.steps, 600)
    assert training.accuracy > 0.95
    assert training.costs[-1] < 0.15


def test_a_slice_ends_when_its_time_is_up():
    times = iter(np.arange(0, 100, 0.5))
    training = Training(REFERENCE, NetworkChoice())
    training.advance(NetworkChoice(), 1000, 3.0, lambda: next(times))
    assert training.step == 6
    training.advance(NetworkChoice(), 2, 3.0, lambda: next(times))
    assert training.step == 8


def test_a_cost_that_is_not_finite_ends_it_and_keeps_the_last_parameters():
    training = Training(REFERENCE, NetworkChoice(learning_rate=1e6))
    training.advance(NetworkChoice(learning_rate=1e6), 500, 60)
    assert training.diverged
    assert training.step < 500
    assert all(np.isfinite(value).all() for value in training.parameters.values())


def test_the_points_held_out_are_never_learned_from():
    training = Training(
        REFERENCE, NetworkChoice(held_out=0.3, points=((1.0, 2.0, 1), (0.5, 0.5, 0)))
    )
    X, Y = training.held_out
    assert (X.shape, Y.sum(), training.X.shape) == ((2, 60), 30, (2, 142))
    assert training.X[:, -2:].T.tolist() == [[1, 2], [0.5, 0.5]]
    assert training.Y[0, -2:].tolist() == [1, 0]
    assert not {tuple(x) for x in X.T} & {tuple(x) for x in training.X.T}
    before = training.parameters
    training.advance(NetworkChoice(), 1, 60)
    AL, _ = reference.L_model_forward(X, training.parameters)
    assert before is not training.parameters
    assert training.held_out_costs == [(1, reference.compute_cost(AL, Y))]


def test_mini_batches_take_each_point_once_an_epoch():
    seen = []

    def forward(X, parameters):
        seen.append(X)
        return reference.L_model_forward(X, parameters)

    choice = NetworkChoice(batch=32, held_out=0)
    training = Training(with_function("L_model_forward", forward), choice)
    training.advance(choice, 7, 60)
    steps = seen[:7]
    assert [X.shape[1] for X in steps] == [32] * 6 + [8]
    columns = {tuple(x) for X in steps for x in X.T}
    assert columns == {tuple(x) for x in training.X.T}
    assert training.accuracy == np.mean((training.activations(training.X)[-1] > 0.5) == training.Y)


def test_the_penalty_is_half_the_sum_of_squares_over_m():
    plain, pulled = (Training(REFERENCE, NetworkChoice()) for _ in range(2))
    plain.advance(NetworkChoice(), 1, 60)
    pulled.advance(NetworkChoice(l2=1.5), 1, 60)
    W = Training(REFERENCE, NetworkChoice()).parameters["W2"]
    difference = plain.parameters["W2"] - pulled.parameters["W2"]
    assert np.allclose(difference, 0.3 * 1.5 / 160 * W)
    assert np.array_equal(plain.parameters["b2"], pulled.parameters["b2"])


@pytest.mark.parametrize("activation", ["tanh", "sigmoid"])
def test_another_activation_takes_the_place_of_relu_both_ways(activation):
    choice = NetworkChoice(activation=activation, hidden_layers=1, units=3, held_out=0)
    training = Training(REFERENCE, choice)
    # The gradient is that of this network: it agrees with finite differences.
    first = {key: value.copy() for key, value in training.parameters.items()}

    def cost(parameters):
        training.parameters = parameters
        AL = training.activations(training.X)[-1]
        return reference.compute_cost(AL, training.Y)

    slopes = np.zeros_like(first["W1"])
    for place in np.ndindex(slopes.shape):
        ends = []
        for step in (1e-5, -1e-5):
            moved = {**first, "W1": first["W1"].copy()}
            moved["W1"][place] += step
            ends.append(cost(moved))
        slopes[place] = (ends[0] - ends[1]) / 2e-5
    hidden = training.activations(training.X)[1]
    assert hidden.min() < 0 if activation == "tanh" else 0 < hidden.min() < hidden.max() < 1
    training.parameters = first
    training.advance(choice, 1, 60)
    assert np.allclose(first["W1"] - training.parameters["W1"], 0.3 * slopes, atol=1e-9)


def test_functions_that_do_without_relu_keep_their_own_activation():
    def linear_activation_forward(A_prev, W, b, activation):
        Z = W @ A_prev + b
        A = np.maximum(Z, 0) if activation == "relu" else 1 / (1 + np.exp(-Z))
        return A, ((A_prev, W, b), Z)

    own = with_function("linear_activation_forward", linear_activation_forward)
    training = Training(own, NetworkChoice(activation="tanh"))
    with pytest.raises(OwnFunctionError, match="does not call the given relu, so that tanh"):
        training.advance(NetworkChoice(activation="tanh"), 1, 60)
    Training(own, NetworkChoice()).advance(NetworkChoice(), 1, 60)
    straight = NetworkChoice(activation="tanh", hidden_layers=0)
    Training(own, straight).advance(straight, 1, 60)


# The player: a loop and a clock that the test drives


class Stage:
    """A player on the test's own event loop, whose slices wait until the test lets them go."""

    def __init__(self, own=REFERENCE, seconds_a_look=0.0):
        self.moves, self.now, self.look = 0, 0.0, seconds_a_look
        self.player = Player(
            lambda choice: Training(own, choice), self._moved, self._clock, self._pause
        )

    def _moved(self):
        self.moves += 1

    def _clock(self):
        self.now += self.look
        return self.now

    async def _pause(self, seconds):
        self.now += seconds
        await asyncio.sleep(0)

    def run(self, play, choice=None):
        """Prepare a training and start it, run an async function of the player, and close it."""

        async def main():
            self.player.prepare(choice or NetworkChoice())
            self.player.start()
            await play(self.player)
            self.player.close()

        asyncio.run(main())


async def turns(count):
    for _ in range(count):
        await asyncio.sleep(0)


def test_start_stop_go_on_and_restart():
    stage = Stage()

    async def play(player):
        player.prepare(NetworkChoice())
        assert (player.state, player.training.step) == ("ready", 0)
        player.start()
        player.start()  # a second press changes nothing
        await turns(5)
        assert player.state == "running"
        player.stop()
        step, moves = player.training.step, stage.moves
        assert 0 < step < 2000
        await turns(20)
        assert (player.state, player.training.step, stage.moves) == ("stopped", step, moves)
        player.start()
        await turns(5)
        assert player.training.step > step
        first = player.training
        player.restart()
        assert player.training is not first
        assert (player.state, player.training.step) == ("running", 0)
        await turns(300)
        assert (player.state, player.training.step) == ("finished", 2000)
        player.start()  # begins anew
        assert (player.state, player.training.step) == ("running", 0)

    stage.run(play)


def test_only_one_task_trains():
    async def play(player):
        player.prepare(NetworkChoice())
        for _ in range(5):
            player.restart()
        await turns(3)
        assert len(asyncio.all_tasks()) == 2  # the test's and the player's
        player.close()
        await turns(3)
        assert len(asyncio.all_tasks()) == 1

    Stage().run(play)


def test_a_fast_run_is_still_seen_to_move_and_a_slow_one_is_cut_by_time():
    fast, slow = Stage(), Stage(seconds_a_look=SLICE_SECONDS / 2)

    async def play(player):
        await turns(1)
        assert player.training.step == {fast.player: -(-2000 // PICTURES), slow.player: 2}[player]

    fast.run(play)
    slow.run(play)


def test_a_choice_that_asks_for_another_network_begins_anew():
    async def play(player):
        await turns(4)
        before = player.training
        player.change(NetworkChoice(learning_rate=0.1, steps=5000))
        assert (player.training is before, player.state) == (True, "running")
        player.change(NetworkChoice(units=3))
        assert (player.training is before, player.state) == (False, "running")
        assert player.training.choice.layers == (2, 3, 3, 1)
        player.stop()
        player.change(NetworkChoice(data="XOR"))
        assert (player.training.choice.data, player.state) == ("XOR", "ready")

    Stage().run(play)


def test_more_steps_go_on_after_the_end_and_fewer_end_it():
    async def play(player):
        await turns(200)
        assert player.state == "finished"
        player.change(NetworkChoice(steps=200))
        player.start()
        await turns(200)
        assert (player.state, player.training.step) == ("finished", 200)
        player.change(NetworkChoice(steps=100))
        player.change(NetworkChoice(steps=300))
        player.start()
        player.change(NetworkChoice(steps=150))
        await turns(3)
        assert (player.state, player.training.step) == ("finished", 200)

    Stage().run(play, NetworkChoice(steps=100))


def linear_backward(dZ, cache):
    raise ValueError("my <own> mistake")


@pytest.mark.parametrize(
    ("name", "function", "said"),
    [
        ("linear_backward", linear_backward, "Stopped. linear_backward: ValueError in line"),
        ("linear_backward", linear_backward, "my <own> mistake"),
        ("linear_backward", linear_backward, "Run check(linear_backward)"),
        ("initialize_parameters_deep", lambda dims: {}, "has no W1"),
        ("L_model_forward", lambda X, p: (np.zeros((2, 3)), []), "one answer for each point"),
        ("update_parameters", lambda p, g, r: None, "`return` line missing"),
        ("compute_cost", lambda AL, Y: "low", "a single number"),
    ],
)
def test_a_broken_function_is_a_sentence_and_ends_the_run(name, function, said):
    async def play(player):
        await turns(10)
        assert player.state == "failed"
        assert said in status(player)
        assert len(asyncio.all_tasks()) == 1

    Stage(with_function(name, function)).run(play)


def test_divergence_stops_and_says_so():
    async def play(player):
        await turns(100)
        assert status(player).startswith("Diverged: step ")
        assert "smaller learning rate" in status(player)
        assert len(asyncio.all_tasks()) == 1

    Stage().run(play, NetworkChoice(learning_rate=1e6))


def test_a_cost_that_is_not_finite_at_first_is_not_laid_to_the_learning_rate():
    def nowhere(X, parameters):
        AL, caches = reference.L_model_forward(X, parameters)
        return AL * np.nan, caches

    player = Player(lambda choice: Training(with_function("L_model_forward", nowhere), choice),
                    lambda: None)  # fmt: skip
    player.prepare(NetworkChoice())
    player.state = "running"
    player.slice()
    said = status(player)
    assert said.startswith("Diverged: step 1 of 2000, cost nan")
    assert "No learning rate changes that. Run check(L_model_forward)" in said
    assert "smaller" not in said


def test_huge_numbers_draw_a_picture_and_warn_of_nothing():
    def huge(layer_dims):
        made = reference.initialize_parameters_deep(layer_dims)
        return {key: 1e305 * array for key, array in made.items()}

    training = Training(with_function("initialize_parameters_deep", huge), NetworkChoice())
    Canvas().draw(training, 100)


LAB_FUNCTIONS = ("random_mini_batches", "sigmoid_derivative", "tanh_derivative", "l2_gradients")


@pytest.mark.parametrize("activation", ["tanh", "sigmoid"])
def test_what_the_labs_have_made_is_used_and_trains_alike(activation):
    choice = NetworkChoice(activation=activation, batch=32, l2=0.3, units=3)
    called = set()

    def counted(name):
        def function(*arguments):
            called.add(name)
            return getattr(reference, name)(*arguments)

        return function

    labs = {name: counted(name) for name in LAB_FUNCTIONS}
    mine, others = (Training(own, choice) for own in
                    (OwnFunctions({**REFERENCE.functions, **labs}), REFERENCE))  # fmt: skip
    for training in (mine, others):
        training.advance(choice, 9, 60)
    assert called == {*LAB_FUNCTIONS} - {"tanh_derivative", "sigmoid_derivative"} | {
        f"{activation}_derivative"
    }
    np.testing.assert_allclose(mine.costs, others.costs)


@pytest.mark.parametrize(
    ("name", "answer", "said"),
    [
        ("tanh_derivative", None, "tanh_derivative returned None; it should return an array of"),
        ("random_mini_batches", [(1, 2)], "random_mini_batches returned a list of 1; it should"),
        ("random_mini_batches", [([[1, 2], [3]], [[0, 1]])], "random_mini_batches returned a list"),
        ("random_mini_batches", [([[1], [3]], [[0]])], "random_mini_batches returned a list of 1"),
        ("l2_gradients", {}, "l2_gradients returned no dW1 of shape (3, 2); it should return a"),
    ],
)
def test_what_is_wrong_with_a_labs_function_is_said(name, answer, said):
    choice = NetworkChoice(activation="tanh", batch=32, l2=0.3, units=3)
    training = Training(with_function(name, lambda *arguments: answer), choice)
    with pytest.raises(OwnFunctionError) as error:
        training.advance(choice, 1, 60)
    assert error.value.message.startswith(said)


def test_of_the_labs_only_what_is_written_is_taken(tmp_path):
    for exercise in (*EXERCISES, find("generalise")):
        hand_in(tmp_path, "", exercise, None)
    assert with_labs(OwnFunctions({}), tmp_path).functions == {}
    answer = {"l2_gradients": "def l2_gradients(grads, parameters, lambd, m):\n    return grads"}
    answers.submit(tmp_path, "", find("generalise"),
                   answers.filled_notebook(COURSE, find("generalise"), answer))  # fmt: skip
    found = with_labs(OwnFunctions({}), tmp_path)
    assert [*found.functions] == ["l2_gradients"]
    assert found["l2_gradients"](1, 2, 3, 4) == 1


@pytest.mark.skipif(
    threading.current_thread() is not threading.main_thread(), reason="signals need the main thread"
)
def test_an_interrupt_ends_an_endless_loop():
    def endless(AL, Y):
        signal.raise_signal(signal.SIGINT)
        return 1.0

    stage = Stage(with_function("compute_cost", endless))
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # as in a kernel between two cells
    try:

        async def play(player):
            player.prepare(NetworkChoice())
            player.slice()
            assert player.state == "failed"
            assert "interrupted" in status(player)

        loop = asyncio.new_event_loop()
        loop.run_until_complete(play(stage.player))
        loop.close()
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


# The picture


def pixels(canvas):
    _, _, encoded = str(canvas.html()).partition("base64,")
    png = base64.b64decode(encoded.partition('"')[0])
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"), float)


def test_the_picture_shows_the_boundary_the_points_and_the_cost():
    training = Training(REFERENCE, NetworkChoice())
    canvas = Canvas()
    canvas.draw(training, 2000)
    first = pixels(canvas)
    training.advance(NetworkChoice(), 400, 60)
    canvas.draw(training, 2000)
    later = pixels(canvas)
    assert np.abs(first - later).mean() > 3
    network, plane, _, curve = canvas.picture.axes
    (tiles,), (weights,) = network.artists, network.collections
    assert len(tiles.maps) == 2 + 8 + 8 + 1
    # What is drawn at a place of the plane is what the network answers there.
    x, y = plane.transData.transform((1.2, 1.5)).round().astype(int)
    at = np.argmin(np.abs(plane_points(60) - [[1.2], [1.5]]).sum(axis=0))
    answer = training.activations(plane_points(60))[-1][0, at]
    shown = 255 * np.array(colormaps["cividis"](answer)[:3])
    assert np.abs(later[len(later) - 1 - y, x] - shown).max() < 12
    assert len(weights.get_segments()) == 2 * 8 + 8 * 8 + 8
    assert plane.get_title(loc="left") == f"Decision boundary: {training.accuracy:.1%} right"
    assert [len(points.get_offsets()) for points in plane.collections[:4]] == [80, 20, 80, 20]
    # Two contours, and no more, however often it was drawn: white around black.
    assert len(plane.collections) == 6
    line, held_out, *_ = curve.get_lines()
    assert held_out.get_xdata()[-1] == 400
    assert held_out.get_ydata()[-1] == training.held_out_costs[-1][1]
    assert line.get_xdata()[-1] == 399
    assert line.get_ydata()[-1] == training.costs[-1]
    assert curve.get_xlim() == (0, 2000)
    labels = [text.get_text() for text in plane.get_legend().get_texts()]
    assert labels == ["Y = 0", "Y = 1", "AL = 0.5, the boundary"]
    assert "after step 400: cost" in canvas.html()
    assert 'alt="Decision boundary, weights and cost of a network 2 -&gt; 8' in canvas.html()


@pytest.mark.slow
def test_drawing_again_gives_the_same_picture_and_keeps_nothing():
    training = Training(REFERENCE, NetworkChoice(data="XOR"))
    figures = plt.get_fignums()
    canvas, fresh = Canvas(), Canvas()
    for data in ("moons", "spirals"):
        canvas.draw(Training(REFERENCE, NetworkChoice(data=data)), 500)
    before = len(canvas.picture.findobj())
    for _ in range(5):
        canvas.draw(training, 100)
    fresh.draw(training, 100)
    assert np.array_equal(pixels(canvas), pixels(fresh))
    assert len(canvas.picture.findobj()) <= before + 5
    assert plt.get_fignums() == figures


def test_a_function_that_fails_leaves_the_points_to_be_seen():
    own = with_function("L_model_forward", lambda X, parameters: 1 / 0)
    canvas = Canvas()
    canvas.draw(Training(own, NetworkChoice()), 100)
    assert len(canvas.picture.axes[1].collections) == 4


# Front ends


def test_without_widgets_it_says_so_and_draws_a_still_picture(capsys):
    picture = playground()
    assert isinstance(picture, Picture)
    text = capsys.readouterr().out
    assert text.startswith("The playground needs a front end with widgets")
    assert "after step 500: cost" in text
    assert "Traceback" not in text


def test_what_is_missing_is_said(monkeypatch, capsys):
    own = OwnFunctions({}, {"compute_cost": "compute_cost is not written yet"})
    monkeypatch.setattr(module, "own_functions", lambda: own)
    assert playground() is None
    assert "compute_cost is not written yet" in capsys.readouterr().out


def test_what_is_on_the_plane_is_named_in_its_list():
    import ipywidgets

    # One of None would be shown as empty, whatever its name.
    looks = module._looks(NetworkChoice())
    assert all(value is not None for _, value in looks)
    shown = ipywidgets.Dropdown(options=looks, value=looks[1][1])
    shown.value = looks[0][1]
    assert shown.label == "the network's answer"


@pytest.mark.slow
def test_the_widgets(monkeypatch):
    monkeypatch.setattr(module, "own_functions", lambda: REFERENCE)

    async def main():
        shown = Playground(asyncio.get_running_loop())
        first = shown.image.value
        assert (
            "Ready: 160 points to learn from and 40 held out, a network 2 -&gt; 8"
            in shown.status.value
        )
        assert 'role="status" aria-live="polite"' in shown.status.value
        shown.controls["units"].value = 3
        await turns(3)
        assert "2 -&gt; 3 -&gt; 3 -&gt; 1" in shown.status.value
        assert shown.image.value != first
        shown.start.click()
        await turns(3)
        assert "Running: step" in shown.status.value
        await asyncio.sleep(0.2)
        # While the numbers run, a screen reader is left in peace.
        assert 'aria-live="off"' in shown.status.value
        shown.stop.click()
        await turns(3)
        assert "Stopped: step" in shown.status.value
        stopped = shown.image.value
        await asyncio.sleep(0.1)
        assert shown.image.value == stopped
        # A click on the plane is a point, one on a unit shows its map.
        shown.points.label.value = 1
        shown.points.clicked.value = "0.25 0.7"
        await turns(4)
        ((first_input, second_input, label),) = shown.controls.points
        assert abs(first_input) < 2.3
        assert abs(second_input) < 2.3
        assert label == 1
        assert "161 points to learn from" in shown.status.value
        shown.points.clicked.value = "0.0694 0.2"
        await turns(4)
        assert shown.look.value == () or "Map of" in shown.image.value
        shown.look.value = (1, 2)
        await turns(3)
        assert 'alt="Map of hidden layer 1, unit 3' in shown.image.value
        shown.points.add.click()
        await turns(3)
        assert shown.controls.points[1] == (0.0, 0.0, 1)
        shown.points.remove.click()
        await turns(3)
        assert shown.controls.points == ()
        # The unit is gone with its layer.
        shown.controls["hidden_layers"].value = 0
        await turns(3)
        assert 'alt="Decision boundary' in shown.image.value
        shown.start.click()
        await turns(2)
        shown.close()
        assert len(asyncio.all_tasks()) in (1, 2)
        await turns(2)
        assert len(asyncio.all_tasks()) == 1

    asyncio.run(main())
