"""What every source that hands over somebody's file may say of it."""

from pydantic import Field

from scheduler.config.sections.section import Section


class FileSettings(Section):
    """CSV or workbook: how its columns are read, and which sheet."""

    columns: dict[str, str] = Field(
        default_factory=dict, description="Meaning and column, as `reflexe import --columns`."
    )
    sheet: str = Field(default="", description="Of a workbook, when several could be meant.")
