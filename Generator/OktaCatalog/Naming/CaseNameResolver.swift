import YAML

/// Resolves the case names of the variants of unions.
struct CaseNameResolver {
    /// The pinned names by the form's name, each checked.
    let pinned: [String: Located<String>]
    private(set) var findings: [Diagnostic] = []

    init(pinned: [String: Located<String>]) {
        self.pinned = pinned
    }

    /// Returns the cases by the name of the variant. A case has the pinned name, otherwise the short one, or the full
    /// one if the short one is in use.
    mutating func cases(of union: CatalogModel) -> [String: SwiftName] {
        var seen: Set<String> = [union.name.value]
        let forms = union.variants.map(\.model).filter { seen.insert($0.value).inserted }
        let names = forms.map {
            FormName(form: $0.value, union: union.name.value, discriminator: union.discriminator?.value)
        }
        let pins = forms.map { pinned[$0.value]?.value }
        var chosen = zip(names, pins).map { name, pin in
            pin ?? (NameScope.isFreeCase(name.short) ? name.short : name.full)
        }
        // All colliding short names are replaced with full ones. The loop repeats because a full name may equal another
        // short one.
        while true {
            let taken = Dictionary(grouping: chosen.indices) { chosen[$0] }.values.filter { $0.count > 1 }.joined()
            let longer = taken.filter { pins[$0] == nil && chosen[$0] != names[$0].full }
            if longer.isEmpty { break }
            for index in longer { chosen[index] = names[index].full }
        }
        var scope = NameScope()
        defer { findings += scope.findings }
        var cases: [String: SwiftName] = [:]
        for (index, form) in forms.enumerated() {
            if let pin = pinned[form.value] {
                guard let name = SwiftName(pin.value) else { continue }
                scope.claim(name, for: pin, as: .form)
                cases[form.value] = name
            } else {
                cases[form.value] = scope.take(chosen[index], pinned: nil, for: form, as: .form)
            }
        }
        return cases
    }
}
