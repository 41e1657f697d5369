# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by tests whose programs listen.
# shellcheck shell=bash

# free_port: prints a port of the loopback that nobody listens at, below those that the kernel gives to
# whoever connects, so that none of these takes it before the test does.
free_port() {
	perl -MIO::Socket::INET -e '
		for (1 .. 1000) {
			my $port = 19000 + int(rand(10000));
			IO::Socket::INET->new(Listen => 1, LocalAddr => "127.0.0.1", LocalPort => $port) or next;
			print "$port\n";
			exit 0;
		}
		exit 1;'
}
