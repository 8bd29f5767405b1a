"""C and C++: functions called from outside, and tests of the user's, without trusting the code."""
