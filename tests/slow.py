"""What ``pytest --quick`` leaves out, so that the inner loop ends while one still remembers why.

The folders whose tests each make a whole installation with its pages, commands or daemon, and the
files that took more than two seconds of a processor, or five of the clock, when they were last
measured. ``make test`` runs them all.
"""

FOLDERS = ("unit/cli", "unit/daemon", "unit/web")

FILES = (
    "unit/bootstrap/test_laid_edits.py",
    "unit/channels/test_smtp_dkim.py",
    "unit/config/test_provider_shapes.py",
    "unit/content/test_proving.py",
    "unit/domain/test_complaint.py",
    "unit/domain/test_hearing_samples.py",
    "unit/domain/test_small_numbers.py",
    "unit/flow/test_changed_in_mid_run.py",
    "unit/flow/test_events.py",
    "unit/flow/test_examination.py",
    "unit/flow/test_faults_hold.py",
    "unit/flow/test_held_texts.py",
    "unit/flow/test_judged_before.py",
    "unit/flow/test_judging.py",
    "unit/flow/test_newcomers_enter.py",
    "unit/flow/test_no_barrier.py",
    "unit/flow/test_objections_followed.py",
    "unit/flow/test_preview.py",
    "unit/flow/test_public_messages.py",
    "unit/flow/test_rehearse.py",
    "unit/flow/test_renames.py",
    "unit/flow/test_season_told.py",
    "unit/flow/test_siblings.py",
    "unit/flow/test_subscribe.py",
    "unit/flow/test_two_reports.py",
    "unit/inbox/test_imap.py",
    "unit/sources/test_listed_sftp.py",
    "unit/sources/test_workbook.py",
    "unit/store/test_postgres_extra.py",
    "unit/store/test_words_in_any_order.py",
    "unit/test_lint_samples.py",
    "unit/test_linear_patterns.py",
)
