/// Generated files that differ from the catalog's output.
package enum GeneratedRules {
    private static let regenerate = "Run `make generate` and commit the catalog and the sources together."

    static let missing = DriftRule(
        "generated-missing", wire: .docs, source: .error, "the file that the catalog generates is missing",
        advice: regenerate)
    static let changed = DriftRule(
        "generated-changed", wire: .error, source: .error, "the catalog generates different content", advice: regenerate
    )
    static let extra = DriftRule(
        "generated-extra", wire: .docs, source: .error, "the catalog no longer generates this file",
        advice: regenerate)
    static let handEdited = DriftRule(
        "generated-hand-edited", wire: .error, source: .error, "the file was edited after it was generated",
        advice:
            "Make the change in the catalog or the generator, then run `make generate`, which replaces the edited file "
            + "and names it.")
    /// A file beside the generated ones.
    package static let foreign = DriftRule(
        "generated-foreign", wire: .docs, source: .error,
        "the file was not generated, but this folder is only for generated files",
        advice: "Move it out of the folder, or remove it. The generator does neither.")
    /// A module without a catalog.
    package static let orphan = DriftRule(
        "generated-orphan", wire: .docs, source: .error, "no catalog generates this module",
        advice:
            "If its catalog was removed, remove the folder, and the module from Package.swift and .spi.yml. The generator "
            + "does not: another run may own it.")
    /// A symbolic link.
    package static let link = DriftRule(
        "generated-link", wire: .docs, source: .error, "this is a symbolic link, but this folder is only for files",
        advice: "Remove the link. The generator does not follow it, and writes nothing while it exists.")
    static let format = DriftRule(
        "generated-format", wire: .docs, source: .error, "the manifest was written by another version of the generator",
        advice: "Use the pinned generator, or run `make generate` with this one.")

    static let rules = [missing, changed, extra, handEdited, foreign, orphan, link, format]
}
