"""What a learner's notebook imports: checks, cards, progress and the learner's own notebooks."""
