/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why an upper station's sound does not come: told by the processes that fetch and decode it, as
 * their exit status, and to people by base/saying.h, whose codes these are. Pure. */
#ifndef VX_BASE_RELAYFAULT_H
#define VX_BASE_RELAYFAULT_H

/* X(name, code). */
#define RELAY_FAULTS(X)                                                                            \
	X(NONE, "")                                                                                \
	X(ENDED, "relay-ended")		    /* whoever sends has ended it */                       \
	X(NAME, "net-name")                                                                        \
	X(CONNECT, "net-connect")                                                                  \
	X(SLOW, "net-slow")		    /* too little, or nothing, for too long */             \
	X(TLS, "net-tls")                                                                          \
	X(ADDRESS, "net-address")	    /* or it leads into this very machine */               \
	X(BROKEN, "net-broken")                                                                    \
	X(STATUS, "relay-status")	    /* an HTTP answer that is not the sound */             \
	X(HEADERS, "relay-headers")	    /* headers without an end */                           \
	X(PLAYLIST, "relay-playlist")	    /* HLS: no playlist that can be used */                \
	X(LOCKED, "relay-locked")	    /* HLS: encrypted */                                   \
	X(NOT_SOUND, "relay-not-sound")	    /* a page, text, a picture */                          \
	X(UNSUPPORTED, "relay-unsupported") /* sound of a kind not read here */                    \
	X(FORM, "relay-form")		    /* sample rate or channels beyond all use */           \
	X(DAMAGED, "relay-damaged")	    /* cannot be decoded, or has become another */         \
	X(LINE, "relay-line")		    /* the sound card's input */                           \
	X(SILENT, "relay-silent")	    /* it comes, and nothing is heard in it */             \
	X(CRASHED, "relay-crashed")	    /* one of the processes did not end by itself */

enum relay_fault {
#define X(name, code) RELAY_##name,
	RELAY_FAULTS(X)
#undef X
	RELAY_FAULT_COUNT
};

/* Its code; "" for RELAY_NONE. */
const char *relay_fault_code(enum relay_fault f);

/* For exit(2): 0 for RELAY_NONE, and none that a shell, the C library or a signal gives. */
int relay_fault_status(enum relay_fault f);

/* Of an exit status, −1 when a signal ended it: RELAY_CRASHED for what no fault of ours is. */
enum relay_fault relay_fault_of(int status);

#endif
