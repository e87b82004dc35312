package gateway

import "time"

// Phase is where a shard stands.
type Phase string

const (
	Waiting     Phase = "waiting"     // for its turn, or until the next attempt
	Connecting  Phase = "connecting"  // dialling, upgrading, waiting for HELLO
	Identifying Phase = "identifying" // Identify sent
	Resuming    Phase = "resuming"    // Resume sent
	Ready       Phase = "ready"       // READY or RESUMED seen
	Stopped     Phase = "stopped"     // Run has ended
)

// ShardState is what is known of one shard.
type ShardState struct {
	Shard      int
	Phase      Phase
	Since      time.Time     // when the phase began
	Latency    time.Duration // of the newest acknowledged heartbeat; 0 = none yet
	LastEvent  time.Time     // when the newest frame arrived; zero = none yet
	Guilds     int           // as READY listed them
	Identifies int           // sessions begun
	Resumes    int           // sessions taken up again
	Abandoned  int           // connection attempts that wedged and were dropped
	LastClose  string        // why the newest connection ended; "" = none did
}

// Status is the state of all shards of this process.
type Status struct {
	Shards []ShardState
	// Count is how many shards there are in all replicas; 0 before that is known. Without leases all of them are here.
	Count int
	// Standby is true when leases are in use and all shards are held by other replicas: there is nothing to do but wait.
	Standby bool
	User    string // the bot's user id, "" before the first READY
	App     string // the application id, "" before the first READY
}

// AllReady reports whether every shard that is to be run here is ready, and there is one, or the others have them all.
func (s Status) AllReady() bool {
	for _, sh := range s.Shards {
		if sh.Phase != Ready {
			return false
		}
	}
	return len(s.Shards) > 0 || s.Standby
}
