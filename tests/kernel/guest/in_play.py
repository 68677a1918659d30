"""The secrets and PINs in play. Nothing of them may be in any output."""
import base64

# RFC 4226 appendix D and RFC 6238 appendix B use this secret.
RFC_SECRET = base64.b32encode(b"12345678901234567890").decode()
OTHER_SECRET = base64.b32encode(bytes(range(0x41, 0x55))).decode()
ADMIN_PIN = "Adm1n-Secret-9"
USER_PIN = "Us3r-Secret-7"


def found_in(data):
    """Whether one of them is in these bytes, as text, hex or raw."""
    forms = [secret.encode() for secret in (RFC_SECRET, OTHER_SECRET, ADMIN_PIN, USER_PIN)]
    forms += [base64.b32decode(secret) for secret in (RFC_SECRET, OTHER_SECRET)]
    return any(form in data or form.hex().encode() in data.lower() for form in forms)
