"""Instants and durations as the format writes them, in whole milliseconds."""
import re
from datetime import datetime, timedelta, timezone

_TIME = re.compile(r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z', re.ASCII)
_DURATION = re.compile(r'P(?:(\d{1,6})D)?(?:T(?:(\d\d?)H)?(?:(\d\d?)M)?(?:(\d\d?)(?:\.(\d{1,3}))?S)?)?', re.ASCII)
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


def _write_duration(milliseconds):
    seconds, part = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    rest = ''.join(f'{count}{unit}' for count, unit in ((hours, 'H'), (minutes, 'M')) if count)
    if seconds or part:
        rest += str(seconds) + (f'.{part:03}'.rstrip('0') if part else '') + 'S'
    return 'P' + (f'{days}D' if days else '') + ('T' + rest if rest else '')


def parse_duration(text):
    """Milliseconds of an ISO 8601 duration of days, hours, minutes and seconds in its shortest form, or None."""
    match = _DURATION.fullmatch(text) if isinstance(text, str) else None
    if not match:
        return None
    days, hours, minutes, seconds = (int(match.group(i) or 0) for i in range(1, 5))
    part = int((match.group(5) or '0').ljust(3, '0'))
    total = (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000 + part
    return total if total and _write_duration(total) == text else None
