package bot_test

import "flag"

var long = flag.Bool("long", false, "run the slow tests as well: twenty thousand questions, many kills")

// How many questions the soak asks, before and while it measures: after the first ones the bounded stores are full.
const soakFirst, soakThen = 11_000, 9_000
