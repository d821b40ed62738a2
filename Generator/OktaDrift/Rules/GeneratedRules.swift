/// Generated files that are not what the catalog gives.
enum GeneratedRules {
    private static let regenerate = "Run `make generate` and commit the catalog and the sources together."

    static let missing = DriftRule(
        "generated-missing", wire: .docs, source: .error, "the catalog gives this file, and it is not there",
        advice: regenerate)
    static let changed = DriftRule(
        "generated-changed", wire: .error, source: .error, "the catalog gives another text", advice: regenerate)
    static let extra = DriftRule(
        "generated-extra", wire: .docs, source: .error, "the catalog does not give this generated file any more",
        advice: regenerate)
    static let handEdited = DriftRule(
        "generated-hand-edited", wire: .error, source: .error, "the file was edited after it was generated",
        advice:
            "Make the change in the catalog or the generator, then run `make generate`, which replaces the edited file "
            + "and names it.")
    static let foreign = DriftRule(
        "generated-foreign", wire: .docs, source: .error,
        "the file was not generated, and only generated ones lie here",
        advice: "Move it out of the folder, or remove it. The generator does neither.")
    static let link = DriftRule(
        "generated-link", wire: .docs, source: .error, "this is a symbolic link, and only files lie here",
        advice: "Remove the link. The generator does not go through it, and writes nothing while it is there.")
    static let format = DriftRule(
        "generated-format", wire: .docs, source: .error, "the manifest was written by another version of the generator",
        advice: "Use the generator that is pinned, or run `make generate` with this one.")

    static let rules = [missing, changed, extra, handEdited, foreign, link, format]
}
