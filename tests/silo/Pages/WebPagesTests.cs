using Gantral.Lives;
using Gantral.Silo.Tests.Node;

namespace Gantral.Silo.Tests.Pages;

/// <summary>
/// What people do on the pages, done by a browser against a silo as they run it. Every scenario fails as well if a page
/// asks another host, violates its content policy, or has an error.
/// </summary>
public sealed class WebPagesTests(BrowsedSilo silo) : IClassFixture<BrowsedSilo>
{
    // A folder to put pictures of the pages into, for whoever wants to look at them.
    internal static readonly string? Pictures = Environment.GetEnvironmentVariable("GANTRAL_PICTURES");

    [Fact]
    public Task Somebody_signs_in_by_a_token_that_the_silo_believes_and_by_no_other() => silo.RunAsync("signIn/refuses");

    [Fact]
    public Task A_link_to_an_instance_leads_there_after_signing_in_and_nothing_keeps_the_token() => silo.RunAsync("signIn/goesOn");

    [Fact]
    public Task A_token_that_ends_in_the_middle_of_a_decision_leaves_what_was_typed_and_sends_nothing_twice() => silo.RunAsync("signIn/keepsWords");

    [Fact]
    public Task An_approver_approves_on_a_phone_exactly_what_is_shown() => silo.RunAsync("inbox/approves");

    [Fact]
    public Task An_approver_rejects_for_a_usual_reason() => silo.RunAsync("inbox/rejects");

    [Fact]
    public Task An_override_binds_the_difference_as_a_merge_patch() => silo.RunAsync("inbox/overrides");

    [Fact]
    public Task Pages_that_stay_open_keep_their_size_however_much_happens() =>
        silo.RunAsync("many/staySteady", ("rounds", Scale.Rounds(3, 10)), ("seconds", Scale.Rounds(0, 60)), ("pictures", Pictures));

    [Fact]
    public Task Whoever_loses_a_race_is_told_who_was_faster() => silo.RunAsync("inbox/losesARace");

    [Fact]
    public Task The_inbox_follows_what_happens() => silo.RunAsync("inbox/isLive");

    [Fact]
    public Task Time_that_runs_out_while_somebody_looks_ends_the_decision_and_says_so() => silo.RunAsync("inbox/seesTimeRunOut");

    [Fact]
    public Task Of_several_approvals_those_that_are_there_are_shown() => silo.RunAsync("inbox/needsSeveral");

    [Fact]
    public Task What_does_not_hash_to_what_would_be_bound_cannot_be_decided() => silo.RunAsync("inbox/refusesWhatIsNotBound");

    [Fact]
    public Task What_an_agent_writes_is_text_and_never_a_part_of_the_page() => silo.RunAsync("inbox/writesNoMarkup");

    [Fact]
    public Task Everything_in_the_inbox_is_done_by_keys_which_can_be_switched_off() => silo.RunAsync("inbox/isUsedByKeys");

    [Fact]
    public Task Instances_are_found_by_state_and_by_id_and_the_way_back_leads_back() => silo.RunAsync("instances/areFound");

    [Fact]
    public Task A_long_list_is_shown_page_by_page() => silo.RunAsync("instances/arePaged");

    [Fact]
    public Task An_auditor_sees_each_entry_with_who_why_and_what_changed_as_it_happens() => silo.RunAsync("instances/tellTheirStory");

    [Fact]
    public Task Somebody_who_is_no_auditor_sees_where_an_instance_stands() => silo.RunAsync("instances/tellOthersLess");

    [Fact]
    public Task What_is_not_there_and_a_lost_connection_are_said_in_words() => silo.RunAsync("instances/sayWhatFails");

    [Fact]
    public Task The_board_follows_what_happens_and_its_counts_lead_to_what_was_counted() => silo.RunAsync("board/isLive");

    [Fact]
    public Task A_board_that_is_paused_asks_for_nothing_and_goes_on_by_a_key() => silo.RunAsync("board/pauses");

    [Fact]
    public Task The_board_is_filtered_by_workflow_and_the_way_back_leads_back() => silo.RunAsync("board/isFiltered");

    [Fact]
    public Task A_board_that_is_cut_off_says_of_when_its_figures_are_and_goes_on_by_itself() => silo.RunAsync("board/saysThatItIsCutOff");

    [Fact]
    public Task A_token_that_ends_while_somebody_watches_ends_in_a_sign_in() => silo.RunAsync("board/signsInAgain");

    [Fact]
    public Task A_board_that_cannot_begin_says_why() => silo.RunAsync("board/failsInWords");

    [Fact]
    public Task The_steps_of_a_workflow_are_drawn_and_its_versions_compared() => silo.RunAsync("definitions/areDrawn");

    [Fact]
    public Task A_policy_is_tried_out_with_a_context_of_ones_own_by_those_who_may() => silo.RunAsync("definitions/areTriedOut");

    [Fact]
    public Task What_observing_has_seen_is_told_to_those_who_may_know() => silo.RunAsync("definitions/tellWhatWasObserved");

    [Fact]
    public Task A_bundle_is_proven_in_the_browser_step_by_step_and_kept() => silo.RunAsync("proof/isGreen");

    [Theory]
    [InlineData("payload")]
    [InlineData("entry")]
    [InlineData("head")]
    [InlineData("proof")]
    [InlineData("spelling")]
    public Task A_bundle_with_a_byte_changed_is_red_at_the_step_that_sees_it(string spoil) => silo.RunAsync("proof/isRed", ("spoil", spoil));

    [Fact]
    public Task A_bundle_out_of_a_file_is_judged_by_keys_out_of_a_file_without_asking_the_silo() => silo.RunAsync("proof/readsFiles");

    [Fact]
    public Task The_browser_agrees_with_the_other_verifiers_on_every_bundle_of_an_instance() =>
        silo.RunAsync("proof/agreesOnVectors", ("vectors", Path.Combine(NodeService.Root(), "evidence", "vectors")));

    [Theory]
    [InlineData("light", 360)]
    [InlineData("dark", 360)]
    [InlineData("light", 1280)]
    [InlineData("dark", 1280)]
    [InlineData("dark", 1920)]
    public Task Every_main_page_is_accessible_and_fits_its_screen(string scheme, int width) =>
        silo.RunAsync("looks/areAccessible", ("scheme", scheme), ("width", width), ("pictures", Pictures));
}
