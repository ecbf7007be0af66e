"""The verbs: read options, call one action or report, show what came of it."""
