/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What JACK says of the device behind its driver. */
#ifndef VX_BENCH_JACK_DRIVER_H
#define VX_BENCH_JACK_DRIVER_H

#include <jack/jack.h>
#include <stdint.h>

/* Between a port of the driver and the loudspeaker, in ns; 0 if JACK does not say. */
static inline int64_t jack_driver_ns(jack_client_t *client)
{
	jack_latency_range_t range = {0};
	const char **ports = jack_get_ports(client, "system:playback", JACK_DEFAULT_AUDIO_TYPE,
					    JackPortIsInput);

	if (ports != NULL)
		jack_port_get_latency_range(jack_port_by_name(client, ports[0]),
					    JackPlaybackLatency, &range);
	jack_free(ports);
	return range.max * INT64_C(1000000000) / jack_get_sample_rate(client);
}

#endif
