"""Run them with ``python3 -m unittest`` in the plugin's folder."""

import unittest
from datetime import datetime, timezone
from pathlib import Path

import series

SHIPPED = Path(__file__).parent.parent / "data" / "passengers.csv"


class Parsing(unittest.TestCase):
    def test_months_and_days(self):
        found = series.parse("when,how many\n1949-01,1\n\n1949-01-31, 2.5\n")
        self.assertEqual(found.name, "how many")
        self.assertEqual(found.dates[0], datetime(1949, 1, 1, tzinfo=timezone.utc))
        self.assertEqual(found.dates[1], datetime(1949, 1, 31, tzinfo=timezone.utc))
        self.assertEqual(found.values, [1.0, 2.5])

    def test_says_what_is_wrong_and_where(self):
        for text, line, problem in [
            ("", 1, "two titles"),
            ("a,b\n", 1, "two rows"),
            ("a,b\n2000-01,1\n", 2, "two rows"),
            ("a,b\n2000-01,1\n2000-02,many\n", 3, "'many' is no number"),
            ("a,b\n2000-01,1\n2000-02,nan\n", 3, "'nan' is no number"),
            ("a,b\n2000-13,1\n", 2, "'2000-13' is no month or day"),
            ("a,b\n2000-02,1\n2000-01,1\n", 3, "not later"),
            ("a,b\n2000-01,1,2\n", 2, "3 columns"),
        ]:
            with self.subTest(text=text), self.assertRaisesRegex(series.BadTable, problem) as caught:
                series.parse(text)
            self.assertEqual(caught.exception.line, line)


class Facts(unittest.TestCase):
    def test_of_a_line(self):
        self.assertEqual(series.trend([3, 5, 7, 9]), (2.0, 3.0))

    def test_of_the_shipped_series(self):
        facts = series.facts(series.parse(SHIPPED.read_text(encoding="utf-8")))
        self.assertEqual((facts["count"], facts["lowest"], facts["highest"]), (144, 104, 622))
        self.assertAlmostEqual(facts["mean"], 280.2986, places=4)
        self.assertAlmostEqual(facts["median"], 265.5)
        self.assertAlmostEqual(facts["deviation"], 119.9663, places=4)
        self.assertAlmostEqual(facts["trend"]["slope"], 2.6572, places=4)


if __name__ == "__main__":
    unittest.main()
