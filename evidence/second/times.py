"""Instants and durations as the format writes them, in whole milliseconds."""
import re
from datetime import datetime, timedelta, timezone

_TIME = re.compile(r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z', re.ASCII)
_DURATION = re.compile(r'P(?:(\d{1,6})D)?(?:T(?:(\d{1,7})H)?(?:(\d{1,8})M)?(?:(\d{1,9})(?:\.(\d{1,7}))?S)?)?', re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


def parse_time(text):
    """Milliseconds since 1970, or None."""
    if not isinstance(text, str) or not _TIME.fullmatch(text):
        return None
    try:
        moment = datetime.strptime(text, '%Y-%m-%dT%H:%M:%S.%fZ').replace(tzinfo=timezone.utc)
    except ValueError:
        return None
    return (moment - _EPOCH) // timedelta(milliseconds=1)


def parse_duration(text):
    """Milliseconds of an ISO 8601 duration of days, hours, minutes and seconds, or None."""
    match = _DURATION.fullmatch(text) if isinstance(text, str) else None
    if not match or text in ('P', 'PT') or text.endswith('T'):
        return None
    days, hours, minutes, seconds = (int(match.group(i) or 0) for i in range(1, 5))
    part = int((match.group(5) or '0').ljust(3, '0')[:3])
    return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000 + part
