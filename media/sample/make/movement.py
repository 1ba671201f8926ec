"""Invented recordings of three activities from five body sensors, 25 steps a second, 20 to 131 steps long.

Every recording has the same gait rhythm and the same noise; only one short event tells the class:
  walk    a heel strike      left_ankle  acc_x and gyro_y
  run     an arm swing       right_wrist acc_z and gyro_y
  stairs  a push upwards     chest       acc_x and gyro_x
The length is drawn without looking at the class."""

import numpy as np

SENSORS = ["left_ankle", "right_ankle", "left_wrist", "right_wrist", "chest"]
AXES = ["acc_x", "acc_y", "acc_z", "gyro_x", "gyro_y", "gyro_z"]
FEATURES = [f"{sensor}_{axis}" for sensor in SENSORS for axis in AXES]
CLASSES = ["walk", "run", "stairs"]
STEPS, SHORTEST = 131, 20
EVENT_STEPS = 8
FAINT_SHARE = 0.04  # a careful step: some of these no model can get right
# Class → feature → height of the event in standard deviations of that feature.
EVENTS = {
    "walk": {"left_ankle_acc_x": 1.0, "left_ankle_gyro_y": 0.8},
    "run": {"right_wrist_gyro_y": 1.0, "right_wrist_acc_z": 0.8},
    "stairs": {"chest_acc_x": 1.0, "chest_gyro_x": 0.8},
}
# m/s² for accelerations (gravity lies on acc_x: the sensors are worn upright), deg/s for gyros. Ankles move most.
LIVELINESS = {"left_ankle": 1.0, "right_ankle": 1.0, "left_wrist": 0.7, "right_wrist": 0.7, "chest": 0.35}
GRAVITY = 9.81


def units(random):
    """Offset and scale of each feature: what a sensor shows at rest, and how far it swings."""
    offset, scale = np.empty(len(FEATURES)), np.empty(len(FEATURES))
    for i, feature in enumerate(FEATURES):
        lively = next(LIVELINESS[sensor] for sensor in SENSORS if feature.startswith(sensor))
        if "acc" in feature:
            offset[i] = (GRAVITY if feature.endswith("acc_x") else 0.0) + random.normal(0, 0.6)
            scale[i] = lively * random.uniform(2.0, 4.0)
        else:
            offset[i], scale[i] = random.normal(0, 4.0), lively * random.uniform(60.0, 140.0)
    return offset, scale


def rhythm(random, length):
    """Gait shared by all classes: one stride frequency per recording, own phase and strength per feature. [F, L]"""
    per_step = random.uniform(0.9, 1.4) / 25.0
    phase = random.uniform(0, 2 * np.pi, (len(FEATURES), 1))
    strength = random.uniform(0.1, 0.4, (len(FEATURES), 1))
    return strength * np.sin(2 * np.pi * per_step * np.arange(length) + phase)


def noise(random, length):
    """Smooth noise of sd .5. [F, L]"""
    white = random.normal(0, 1, (len(FEATURES), length))
    for t in range(1, length):
        white[:, t] = 0.5 * white[:, t - 1] + np.sqrt(1 - 0.5**2) * white[:, t]
    return 0.5 * white


def pulse(feature):
    """An event's course in one feature, height 1. A knock is shorter than a swing."""
    from_middle = np.arange(EVENT_STEPS) - (EVENT_STEPS - 1) / 2
    return np.exp(-0.5 * (from_middle / (1.0 if "acc" in feature else 1.7)) ** 2)


def recording(random, label, length, offset, scale, knock=None):
    """One recording. Returns raw values [F, L], to 5 significant digits as the files hold them, and the event's cells.
    knock: step at which something hits the left ankle's sensor while the event itself is faint."""
    z = rhythm(random, length) + noise(random, length)
    start = int(random.integers(0, length - EVENT_STEPS + 1))
    faint = random.random() < FAINT_SHARE or knock is not None
    height = random.uniform(0.8, 2.5) if faint else random.uniform(3.5, 6.0)
    cells = []
    for feature, share in EVENTS[label].items():
        z[FEATURES.index(feature), start : start + EVENT_STEPS] += height * share * pulse(feature)
        cells.append({"feature": feature, "from": start, "to": start + EVENT_STEPS})
    if knock is not None:
        z[FEATURES.index("left_ankle_acc_x"), knock : knock + EVENT_STEPS] += 4.0 * pulse("left_ankle_acc_x")
    raw = z * scale[:, None] + offset[:, None]
    return five_digits(raw), cells


def five_digits(values):
    with np.errstate(divide="ignore"):
        power = 10.0 ** (4 - np.floor(np.log10(np.abs(values))))
    return np.where(values == 0, 0.0, np.round(values * power) / power)
