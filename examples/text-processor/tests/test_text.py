"""Run them with ``python3 -m unittest`` in the plugin's folder."""

import unittest

import text

# The beginning of Darwin's "On the Origin of Species" (1859).
DARWIN = """When on board H.M.S. "Beagle," as naturalist, I was much struck with certain facts in the distribution of the
inhabitants of South America, and in the geological relations of the present to the past inhabitants of that continent.
These facts seemed to me to throw some light on the origin of species. That mystery of mysteries, as it has been called
by one of our greatest philosophers.

On my return home, it occurred to me, in 1837, that something might perhaps be made out on this question by patiently
accumulating and reflecting on all sorts of facts which could possibly have any bearing on it."""


class Counting(unittest.TestCase):
    def test_of_a_text(self):
        counts = text.count(DARWIN)
        self.assertEqual((counts.words, counts.sentences, counts.paragraphs), (106, 4, 2))
        self.assertEqual(counts.reading_seconds, 27)
        self.assertEqual(counts.characters, len(DARWIN))

    def test_of_nothing(self):
        self.assertEqual(text.count(" \n\n "), text.Counts(4, 0, 0, 0, 0, 0))

    def test_different_words_are_told_apart_without_case(self):
        self.assertEqual(text.count("The cat. The Cat?").different_words, 2)


class Splitting(unittest.TestCase):
    def test_words(self):
        found = text.words("Don’t stop: naïve well-being, 42 times_over")
        self.assertEqual(found, ["Don’t", "stop", "naïve", "well-being", "times", "over"])

    def test_sentences(self):
        for content, expected in [
            ("One. Two! Three?", ["One.", "Two!", "Three?"]),
            ("Dr. Who met Mrs. Hill. They left.", ["Dr. Who met Mrs. Hill.", "They left."]),
            ("It is by J. S. Bach. Listen.", ["It is by J. S. Bach.", "Listen."]),
            ('He said: "Stop." Then he left.', ['He said: "Stop."', "Then he left."]),
            ("Version 2.5 is out. It works.", ["Version 2.5 is out.", "It works."]),
            ("A title\n\nA line\nthat goes on.", ["A title", "A line that goes on."]),
            ("... !", []),
        ]:
            with self.subTest(content=content):
                self.assertEqual(text.sentences(content), expected)


class Telling(unittest.TestCase):
    def test_keywords_leave_out_what_every_text_has(self):
        self.assertEqual(text.keywords(DARWIN, 2), [("facts", 3), ("inhabitants", 2)])
        self.assertEqual(text.keywords("the and of", 3), [])

    def test_shorter_keywords_when_wanted(self):
        self.assertEqual(text.keywords("cat cat house", 1, shortest=3), [("cat", 2)])
        self.assertEqual(text.keywords("cat cat house", 1), [("house", 1)])

    def test_a_summary_keeps_the_order(self):
        content = "Bees make honey. Rain fell. Honey feeds bees in winter. Nobody came."
        self.assertEqual(text.summarise(content, 2), "Bees make honey. Honey feeds bees in winter.")
        self.assertEqual(text.summarise(content, 9), content)
        self.assertEqual(text.summarise("", 2), "")


if __name__ == "__main__":
    unittest.main()
