/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A whole station in memory: simulated clock, disk and device, known sounds, and checkers that look
 * after every step. */
#ifndef VX_TESTS_SIM_SIMSTATION_H
#define VX_TESTS_SIM_SIMSTATION_H

#include "plan/running.h"
#include "station/air_sim.h"
#include "station/desk.h"
#include "station/playout.h"
#include "station/recover.h"
#include "support/stalling.h"
#include "sys/chance.h"
#include "sys/disk_sim.h"

#include <stdbool.h>
#include <stdint.h>

/* As ck_assert_msg, but free when it holds: Check writes a message for every assertion it passes,
 * and these stand in loops over samples. */
#define expect(cond, ...)                                                                          \
	do {                                                                                       \
		if (!(cond))                                                                       \
			ck_abort_msg(__VA_ARGS__);                                                 \
	} while (0)

#define SIM_BULLETINS 12
#define SIM_RING_BLOCKS 8192 /* 82 s of every zone's mix, to look back at */
#define SIM_KEYS_MAX 4096

struct simstation {
	uint64_t seed;
	bool only_rows; /* outcomes may come hours late: the mix is not compared with masters */
	json_t *parted; /* airing → zones that an alarm took alone: their mix has a gap */
	bool storms;	/* slots relay, and have rules for what an emergency breaks off */
	bool meddled;	/* people change the plan while the station is off */
	struct chance chance;
	struct chance hangs;  /* of the disk */
	struct mono clock_set; /* when somebody last did … */
	int64_t clock_set_by_ns; /* … and how far forward */
	int64_t dimmed;       /* airings that were lower because it was night */
	struct chance orders; /* of priority bulletins that meet */
	struct chance alarms; /* of emergencies and relays, so that the rest stays as it is */

	/* The world, which outlives every power cut. */
	struct clock_sim clock;
	struct disk_sim *disk;
	struct stall stall;	/* of whoever writes the log on it … */
	struct mono stall_to;	/* … which lasts until then */
	uint64_t landed;	/* entries that got in late, as last looked at */
	int64_t stalls;
	struct world_files files;
	struct bulletin bulletins[SIM_BULLETINS];
	struct asset standin; /* the file that stands in for a relay; how often it has aired: */
	int64_t stood_in;
	struct plan_input input;
	char *typed;		/* a timetable that somebody saved, and no station has read yet */

	struct boot boot;	/* of the machine */
	int64_t up_at_ns;	/* what its counter showed when it came up */
	struct wall woke;	/* from its last sleep, by the clock as it is set now … */
	int64_t slept_ns;	/* … which was so long */
	enum reason ended_by;	/* how the last run ended: what the log must say of it */

	/* What a power cut takes. */
	bool on;
	struct ledger *ledger;
	struct desk desk;
	struct recovery recovery;
	struct air_sim sim;
	struct playout playout;
	bool accounted;

	/* What the checkers remember. */
	float *ring[2]; /* per zone: the newest SIM_RING_BLOCKS blocks since boot … */
	bool sounds[2][SIM_RING_BLOCKS]; /* … of which only those are there that are not silent */
	int64_t acknowledged; /* entries that the ledger said are durable */
	int64_t read_to;	/* entries looked at */
	struct mono off_at;
	int64_t airings, full, missed, cut, interrupted; /* outcomes seen */
	int64_t off, ended; /* missed for want of power, for want of a program */
	int64_t withdrawn; /* items left out because their bulletin was withdrawn */
	int64_t compared; /* airings whose mix was compared with their master, bit by bit */
	/* Everything that the log tells of, or that was planned when its time came, by slot, start
	 * and bulletin: what was planned has just one row, be it an intent or a missed entry. */
	struct key {
		char text[120];
		int intended, missed, leapt;
		bool promised, relayed;
		struct wall start;
	} keys[SIM_KEYS_MAX];
	int key_count;
	bool believed;		/* the clock was, when a station last ran */
	bool unsure;		/* something changed under a clock that nobody believed */
	struct wall promised_to; /* plans up to here are among the keys … */
	struct wall left_out_to; /* … and up to here what they leave out */
	struct plan ahead;	/* of what begins in [ahead_from, ahead_to), as it is now */
	struct wall ahead_from, ahead_to;
	int64_t corrected;	/* entries that a clock.corrected tells of */
	int64_t raised, heard;	/* emergencies and drills; turns that took a zone */
	int64_t broken, resumed, dropped; /* by an emergency, and what became of it … */
	int64_t dropped_at_once;	  /* … without ever having been to come back */
	json_t *breaks;			  /* the latest of each airing that is among these */
	uint64_t digest;	/* of every entry, and of one mixed block in a hundred */
	bool relay_there;
};

/* A station whose timetable and bulletins follow from the seed; off. */
void simstation_init(struct simstation *s, uint64_t seed, const char *timetable);
/* Somebody sets the clock. */
void simstation_set_clock(struct simstation *s, struct wall to);
/* A time server is reached: true time, and whatever that moves the clock by. */
void simstation_sync_clock(struct simstation *s);
/* And with settings besides the usual ones: lines of station.yaml. */
void simstation_init_with(struct simstation *s, uint64_t seed, const char *settings,
			  const char *timetable);
void simstation_finish(struct simstation *s);

/* The log by itself, as a command has it that finds no station. */
void simstation_open_log(struct simstation *s);
void simstation_close_log(struct simstation *s);

/* The program starts: recovers and begins. Power cut: everything in memory is gone, the disk keeps
 * what it may. Kill: the program is gone, the machine runs on, all that was written is there. */
void simstation_boot(struct simstation *s);
void simstation_power_cut(struct simstation *s);
void simstation_kill(struct simstation *s);
/* The machine comes up so long after the power failed. */
void simstation_power_on(struct simstation *s, int64_t after_ns);

/* Somebody closes the lid, and opens it so much later. */
void simstation_sleep(struct simstation *s, int64_t ns);

/* To stderr: what a person needs to understand a failure. */
void simstation_tell_runs(const struct simstation *s);

/* Ten blocks (100 ms) with a step of playout before them; all checkers afterwards. */
void simstation_step(struct simstation *s);
/* Steps until the wall clock shows t (the clock must not be set back meanwhile). */
void simstation_run_to(struct simstation *s, struct wall t);

/* Somebody saves another timetable: it is in force from now on, or from when the station reads it.
 * Nobody can on a full disk. */
void simstation_new_timetable(struct simstation *s, const char *timetable);

/* Somebody approves the bulletin, or withdraws it if it is; on the command line while the station
 * is off. Nobody can when the log takes no entry. */
void simstation_decide(struct simstation *s, struct bulletin *b);

/* Every item of the plan of [from, to) has a row in the log; how many there were. */
int simstation_check_all_told(struct simstation *s, struct wall from, struct wall to);

#endif
