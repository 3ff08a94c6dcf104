"""The labs' data sets, by the name that notebooks import: ``from workbook.data import ...``."""

from workbook.course.given.data import BREAST_CANCER_FEATURES, load_breast_cancer, load_digits_3_8

__all__ = ["BREAST_CANCER_FEATURES", "load_breast_cancer", "load_digits_3_8"]
