"""Methods about what is pinned in a conversation."""

from sandbox import events, messages
from sandbox.kinds import Channel, Json, Pin
from sandbox.web_api.call import ApiError, Call, method

MOST = 100


@method("pins.add", "pins:write")
async def pins_add(call: Call) -> Json:
    channel = call.joined()
    message = call.message_in(channel)
    if any(one.ts == message["ts"] for one in channel.pins):
        raise ApiError("already_pinned")
    if len(channel.pins) >= MOST:
        raise ApiError("too_many_pins")
    channel.pins.insert(0, Pin(message["ts"], call.bot, call.workspace.seconds()))
    call.workspace.put_channel(channel)
    message["pinned_to"] = [channel.id]
    messages.save(call.workspace, channel, message)
    events.pin(call.core, channel, _item(call, channel, channel.pins[0]), added=True)
    return {}


@method("pins.remove", "pins:write")
async def pins_remove(call: Call) -> Json:
    channel = call.joined()
    message = call.message_in(channel)
    pin = next((one for one in channel.pins if one.ts == message["ts"]), None)
    if pin is None:
        raise ApiError("no_pin")
    item = _item(call, channel, pin)
    channel.pins.remove(pin)
    call.workspace.put_channel(channel)
    message.pop("pinned_to", None)
    messages.save(call.workspace, channel, message)
    events.pin(call.core, channel, item, added=False)
    return {}


@method("pins.list", "pins:read")
async def pins_list(call: Call) -> Json:
    channel = call.joined()
    return {"items": [_item(call, channel, one) for one in channel.pins]}


def _item(call: Call, channel: Channel, pin: Pin) -> Json:
    message = call.workspace.timelines[channel.id].messages[pin.ts]
    return call.item(channel, message) | {"created": pin.at, "created_by": pin.by}
