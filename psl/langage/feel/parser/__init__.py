"""From tokens to the syntax tree, by recursive descent."""

from psl.langage.feel.parser.operators import parse_tests_tree, parse_tree

__all__ = ["parse_tests_tree", "parse_tree"]
