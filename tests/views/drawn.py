"""Looking into what was drawn."""


def mrkdwn_of(thing: object) -> list[str]:
    """Every text in it that Slack would format, where what people typed could become a mention."""
    if isinstance(thing, list):
        return [text for one in thing for text in mrkdwn_of(one)]
    if isinstance(thing, dict):
        if thing.get("type") == "mrkdwn":
            return [str(thing["text"])]
        return [text for one in thing.values() for text in mrkdwn_of(one)]
    return []
