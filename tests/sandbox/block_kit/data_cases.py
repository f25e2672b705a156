"""The cases about rich text, tables and charts."""

from tests.sandbox.block_kit.cases import GONE, Case, longer_than
from tests.sandbox.block_kit.samples import BUTTON, bar, raw, rich
from tests.sandbox.helpers import Json

EMOJI = {"type": "emoji", "name": "wave"}
LINK = {"type": "link", "url": "https://a.example"}
DATE = {"type": "date", "timestamp": 1795308382, "format": "{date_long}"}
USER = {"type": "user", "user_id": "U1"}
ITEM = {"type": "rich_text_section", "elements": [EMOJI]}
NUMBER = {"type": "raw_number", "value": 3, "text": "3 d"}
ACTION = {"type": "action_cell", "element": BUTTON, "fallback": raw("Go")}
HEAD = [raw("ID"), raw("Age")]


def words(said: str = "x", **style: bool) -> Json:
    return {"type": "text", "text": said, "style": style}


def elements(*inner: Json, kind: str = "rich_text_section", **more: object) -> dict[str, object]:
    return {"elements": rich(*inner, kind=kind, **more)["elements"]}


def pie(*segments: Json) -> dict[str, object]:
    return {"chart": {"type": "pie", "segments": list(segments)}}


def slice_(label: str = "A", value: float = 1) -> Json:
    return {"label": label, "value": value}


def plotted(**changes: object) -> dict[str, object]:
    return {"chart": bar("Mon", "Tue") | changes}


def many_series(count: int) -> dict[str, object]:
    data = bar("Mon", "Tue")["series"][0]["data"]
    return plotted(series=[{"name": str(number), "data": data} for number in range(count)])


LIST, QUOTE, CODE = "rich_text_list", "rich_text_quote", "rich_text_preformatted"
# One case a line, so that it reads as the table that it is.
# fmt: off
RICH_CASES = [
    Case("rich_text", "paragraphs in it", {}, {"elements": [words()]}, "/elements/0/type", "unsupported type: text"),
    Case("rich_text", "something in it", {}, {"elements": []}, "/elements", "must provide at least 1 items"),
    Case("rich_text", "a text has words", elements(words("a")), elements(words("")), "/elements/0/elements/0/text", "must be more than 0 characters"),
    Case("rich_text", "styles that Slack has", elements(words(bold=True, code=True)), elements(words(big=True)), "/elements/0/elements/0/style", "invalid additional property: big"),
    Case("rich_text", "a style is on or off", elements(words(strike=True)), elements({"type": "text", "text": "x", "style": {"italic": "yes"}}), "/elements/0/elements/0/style/italic", "must be a boolean"),
    Case("rich_text", "a tag of a colour that Slack has", elements({"type": "tag", "text": "New", "color": "indigo"}), elements({"type": "tag", "text": "New", "color": "pink"}), "/elements/0/elements/0/color", "must be a valid enum value"),
    Case("rich_text", "a file by id", elements({"type": "file", "file_id": "F1"}), elements({"type": "file", "url": "https://a.example"}), "/elements/0/elements/0", "missing required field: file_id"),
    Case("rich_text", "a canvas by id", elements({"type": "canvas", "file_id": "F1", "hide_title": True}), elements({"type": "canvas"}), "/elements/0/elements/0", "missing required field: file_id"),
    Case("rich_text", "a person in a canvas", elements({"type": "canvas_user_mention", "user_id": "U1"}), elements({"type": "canvas_user_mention"}), "/elements/0/elements/0", "missing required field: user_id"),
    Case("rich_text", "a message in a canvas", elements({"type": "canvas_message_unfurl", "root_message_ts": "1.2", "root_message_channel": "C1"}), elements({"type": "canvas_message_unfurl", "root_message_ts": "1.2"}), "/elements/0/elements/0", "missing required field: root_message_channel"),
    Case("rich_text", "a record by its list", elements({"type": "list_record", "file_id": "F1", "record_id": "R1"}), elements({"type": "list_record", "record_id": "R1"}), "/elements/0/elements/0", "missing required field: file_id"),
    Case("rich_text", "a message by channel and ts", elements({"type": "message_mention", "channel_id": "C1", "message_ts": "1.2"}), elements({"type": "message_mention", "channel_id": "C1"}), "/elements/0/elements/0", "missing required field: message_ts"),
    Case("rich_text", "an attachment by address", elements({"type": "attachment_mention", "url": "https://a.example"}), elements({"type": "attachment_mention", "text": "here"}), "/elements/0/elements/0", "missing required field: url"),
    Case("rich_text", "a work object says where it is", elements({"type": "work_object_mention", "entity_id": "E1", "app_id": "A1", "text": "Case", "url": "https://a.example"}), elements({"type": "work_object_mention", "entity_id": "E1", "app_id": "A1", "text": "Case"}), "/elements/0/elements/0", "missing required field: url"),
    Case("rich_text", "a workflow by its trigger", elements({"type": "workflow_mention", "workflow_id": "Wf1", "function_trigger_id": "Ft1", "text": "Run"}), elements({"type": "workflow_mention", "workflow_id": "Wf1", "text": "Run"}), "/elements/0/elements/0", "missing required field: function_trigger_id"),
    Case("rich_text", "a record at Salesforce", elements({"type": "salesforce_data_field", "salesforce_record_id": "001"}), elements({"type": "salesforce_data_field", "record_id": "001"}), "/elements/0/elements/0", "missing required field: salesforce_record_id"),
    Case("rich_text", "a link leads somewhere", elements(LINK | {"text": "here"}), elements({"type": "link", "text": "here"}), "/elements/0/elements/0", "missing required field: url"),
    Case("rich_text", "an emoji by name", elements(EMOJI), elements({"type": "emoji", "unicode": "1f44b"}), "/elements/0/elements/0", "missing required field: name"),
    Case("rich_text", "a person by id", elements(USER), elements({"type": "user", "name": "alice"}), "/elements/0/elements/0", "missing required field: user_id"),
    Case("rich_text", "a channel by id", elements({"type": "channel", "channel_id": "C1"}), elements({"type": "channel"}), "/elements/0/elements/0", "missing required field: channel_id"),
    Case("rich_text", "a group by id", elements({"type": "usergroup", "usergroup_id": "S1"}), elements({"type": "usergroup"}), "/elements/0/elements/0", "missing required field: usergroup_id"),
    Case("rich_text", "a workspace by id", elements({"type": "team", "team_id": "T1"}), elements({"type": "team"}), "/elements/0/elements/0", "missing required field: team_id"),
    Case("rich_text", "a date has a form", elements(DATE), elements({"type": "date", "timestamp": 1}), "/elements/0/elements/0", "missing required field: format"),
    Case("rich_text", "a date is a number", elements(DATE | {"fallback": "then"}), elements(DATE | {"timestamp": "1"}), "/elements/0/elements/0/timestamp", "must provide an integer"),
    Case("rich_text", "whom a broadcast reaches", elements({"type": "broadcast", "range": "here"}), elements({"type": "broadcast", "range": "all"}), "/elements/0/elements/0/range", "must be a valid enum value"),
    Case("rich_text", "a colour in six digits", elements({"type": "color", "value": "#1d4ed8"}), elements({"type": "color", "value": "blue"}), "/elements/0/elements/0/value", "input must match regex pattern"),
    Case("rich_text", "a list of a known style", elements(ITEM, kind=LIST, style="ordered"), elements(ITEM, kind=LIST, style="stars"), "/elements/0/style", "must be a valid enum value"),
    Case("rich_text", "a list of paragraphs", elements(ITEM, kind=LIST, style="bullet"), elements(EMOJI, kind=LIST, style="bullet"), "/elements/0/elements/0/type", "unsupported type: emoji"),
    Case("rich_text", "lists are indented, not nested", elements(ITEM, kind=LIST, style="bullet", indent=8), elements({"type": LIST, "style": "bullet", "elements": [ITEM]}, kind=LIST, style="bullet"), "/elements/0/elements/0/type", "unsupported type: rich_text_list"),
    Case("rich_text", "indented no more than 8 times", elements(ITEM, kind=LIST, style="bullet", indent=0), elements(ITEM, kind=LIST, style="bullet", indent=9), "/elements/0/indent", "must be less than 8"),
    Case("rich_text", "a border or none", elements(words(), kind=QUOTE, border=1), elements(words(), kind=QUOTE, border=2), "/elements/0/border", "must be less than 1"),
    Case("rich_text", "code is text and links", elements(LINK, kind=CODE), elements(EMOJI, kind=CODE), "/elements/0/elements/0/type", "unsupported type: emoji"),
]
# fmt: on
# One case a line, so that it reads as the table that it is.
# fmt: off
TABLE_CASES = [
    Case("table", "no more than 100 rows", {"rows": [[raw()]] * 100}, {"rows": [[raw()]] * 101}, "/rows", "no more than 100 items allowed"),
    Case("table", "no more than 20 cells in a row", {"rows": [[raw()] * 20]}, {"rows": [[raw()] * 21]}, "/rows/0", "no more than 20 items allowed"),
    Case("table", "a row is a list", {}, {"rows": [raw()]}, "/rows/0", "must provide an array"),
    Case("table", "no empty cell", {"rows": [[raw(" ")]]}, {"rows": [[raw("")]]}, "/rows/0/0/text", "must be more than 0 characters"),
    Case("table", "known cells", {"rows": [[rich(), NUMBER]]}, {"rows": [[{"type": "mrkdwn", "text": "x"}]]}, "/rows/0/0/type", "unsupported type: mrkdwn"),
    Case("table", "nothing to press", {"rows": [[raw()]]}, {"rows": [[ACTION]]}, "/rows/0/0/type", "unsupported type: action_cell"),
    Case("table", "no more than 20 columns are set", {"column_settings": [None] * 20}, {"column_settings": [None] * 21}, "/column_settings", "no more than 20 items allowed"),
    Case("table", "columns are aligned", {"column_settings": [None, {"align": "right"}]}, {"column_settings": [{"align": "top"}]}, "/column_settings/0/align", "must be a valid enum value"),
    Case("data_table", "a caption", {}, {"caption": GONE}, "", "missing required field: caption"),
    Case("data_table", "a header and a row at least", {}, {"rows": [HEAD]}, "/rows", "must provide at least 2 items"),
    Case("data_table", "no more than 200 rows and a header", {"rows": [[raw()]] * 201}, {"rows": [[raw()]] * 202}, "/rows", "no more than 201 items allowed"),
    Case("data_table", "rows of one length", {"rows": [HEAD, HEAD]}, {"rows": [HEAD, HEAD[:1]]}, "/rows/1", "all rows must have the same number of cells"),
    Case("data_table", "a header of plain cells", {"rows": [HEAD, [rich(), NUMBER]]}, {"rows": [[rich(), raw()], HEAD]}, "/rows/0/0/type", "the cells of the first row, the header, must be"),
    Case("data_table", "a number has words too", {"rows": [HEAD, [raw(), NUMBER]]}, {"rows": [HEAD, [raw(), {"type": "raw_number", "value": 3}]]}, "/rows/1/1", "missing required field: text"),
    Case("data_table", "a number is one", {"rows": [HEAD, [raw(), NUMBER | {"value": 0.5}]]}, {"rows": [HEAD, [raw(), NUMBER | {"value": "3"}]]}, "/rows/1/1/value", "must provide a number"),
    Case("data_table", "a button has a fallback", {"rows": [HEAD, [raw(), ACTION]]}, {"rows": [HEAD, [raw(), {"type": "action_cell", "element": BUTTON}]]}, "/rows/1/1", "missing required field: fallback"),
    Case("data_table", "an action_id once", {"rows": [HEAD, [ACTION, raw()]]}, {"rows": [HEAD, [ACTION, ACTION]]}, "/rows/1/1/element/action_id", '`action_id` "go" already exists'),
    Case("data_table", "pages of 1 to 100", {"page_size": 100}, {"page_size": 0}, "/page_size", "must be greater than 1"),
    Case("data_table", "columns are not set", {}, {"column_settings": []}, "", "invalid additional property: column_settings"),
]
# fmt: on
# One case a line, so that it reads as the table that it is.
# fmt: off
CHART_CASES = [
    Case("data_visualization", "title is no longer than 50", {"title": "x" * 50}, {"title": "x" * 51}, "/title", longer_than(50)),
    Case("data_visualization", "a known chart", pie(slice_()), {"chart": {"type": "doughnut"}}, "/chart/type", "unsupported type: doughnut"),
    Case("data_visualization", "1 to 12 segments", pie(*[slice_()] * 12), pie(*[slice_()] * 13), "/chart/segments", "no more than 12 items allowed"),
    Case("data_visualization", "a segment is more than nothing", pie(slice_(value=0.1)), pie(slice_(value=0)), "/chart/segments/0/value", "must be greater than 0"),
    Case("data_visualization", "a label is no longer than 20", pie(slice_("x" * 20)), pie(slice_("x" * 21)), "/chart/segments/0/label", longer_than(20)),
    Case("data_visualization", "1 to 12 series", many_series(12), many_series(13), "/chart/series", "no more than 12 items allowed"),
    Case("data_visualization", "names differ", many_series(2), plotted(series=bar("Mon", "Tue")["series"] * 2), "/chart/series/1/name", "each `name` of `series` must be unique"),
    Case("data_visualization", "a point for each category", plotted(), plotted(axis_config={"categories": ["Mon"]}), "/chart/series/0/data", "exactly one point for each category"),
    Case("data_visualization", "no more than 20 categories", {"chart": bar(*map(str, range(20)))}, {"chart": bar(*map(str, range(21)))}, "/chart/axis_config/categories", "no more than 20 items allowed"),
    Case("data_visualization", "axis labels are no longer than 50", plotted(axis_config={"categories": ["Mon", "Tue"], "y_label": "x" * 50}), plotted(axis_config={"categories": ["Mon", "Tue"], "y_label": "x" * 51}), "/chart/axis_config/y_label", longer_than(50)),
    Case("data_visualization", "no colours", plotted(type="line"), plotted(colors=["#fff"]), "/chart", "invalid additional property: colors"),
    Case("data_visualization", "axes for bars", plotted(type="area"), {"chart": {"type": "bar", "series": []}}, "/chart", "missing required field: axis_config"),
]
# fmt: on
