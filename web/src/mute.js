// SPDX-License-Identifier: GPL-3.0-or-later
// Zones that nobody hears: the station mixes for them, but their device takes nothing.

// zone: one of the status's zones; devices: the status's. A zone without a device ('none') is heard by the network, and is not mute.
export const isMute = (zone, devices) => devices.some((d) => d.name === zone.device && !d.on);
