"""Holds an interface of a USB device, as a program with libusb does: holder.py NODE INTERFACE. Says "held", and lets go at
the end of its standard input. Source: the kernel's include/uapi/linux/usbdevice_fs.h."""
import fcntl
import os
import struct
import sys

DISCONNECT_CLAIM = 0x8108551B  # _IOR('U', 27, 264 bytes): interface, flags, name of a driver


def main():
    node = os.open(sys.argv[1], os.O_RDWR)
    fcntl.ioctl(node, DISCONNECT_CLAIM, struct.pack("II256s", int(sys.argv[2]), 0, b""))
    print("held", flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
