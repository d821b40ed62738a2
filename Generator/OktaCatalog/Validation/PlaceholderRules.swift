import YAML

/// Rules about sentences that an update leaves to a person. Summaries of actions are among the rules of categories.
struct PlaceholderRules {
    let catalog: Catalog

    var findings: [Diagnostic] {
        catalog.modelFiles.flatMap { file in
            file.models.filter { $0.documentation == UnwrittenText.placeholder }
                .map { missing("model", $0.name) }
                + file.enumerations.filter { $0.documentation == UnwrittenText.placeholder }
                .map { missing("enumeration", $0.name) }
        }
    }

    private func missing(_ kind: String, _ name: Located<String>) -> Diagnostic {
        Diagnostic(
            rule: "missing-doc", "the \(kind) `\(name.value)` has no documentation yet", at: name.location,
            hint: "say in a few words what it stands for, in place of `doc: \(UnwrittenText.placeholder)`")
    }
}
