"""Statements and values: do they follow from one another?"""
