public import YAML

/// Rules about catalogs of one set: programs may import their modules together.
public struct SetValidation {
    private let catalogs: [Catalog]

    /// Prepares the validation.
    public init(of catalogs: [Catalog]) {
        self.catalogs = catalogs
    }

    /// The errors.
    public var findings: [Diagnostic] {
        guard catalogs.count > 1 else { return [] }
        var findings = duplicates(
            of: catalogs.map { [($0.service.module.value, $0.service.module)] }, rule: "duplicate-module",
            "two services have the module", hint: "choose another name for one of the modules")
        findings += duplicates(
            of: catalogs.map { catalog in
                var names = GroupNameResolver()
                return catalog.categories.map { (names.property(of: $0).bare, $0.swiftName ?? $0.name) }
            }, rule: "duplicate-group", "two services have the group",
            hint:
                "rename one of the categories, or pin another name of its group with `swift:`: all groups are properties "
                + "of OktaClient")
        findings += duplicates(
            of: catalogs.map(Self.types), rule: "duplicate-type", "two services have the type",
            hint: "rename one of them, such as with the name of its service: a program may import both modules")
        return findings
    }

    /// Returns the types of a module, with those that the generator derives from them.
    private static func types(of catalog: Catalog) -> [(String, Located<String>)] {
        let models = catalog.modelFiles.flatMap(\.models)
        let extended = catalog.extendedModels
        var types = (models.map(\.name) + catalog.modelFiles.flatMap(\.enumerations).map(\.name)).map { ($0.value, $0) }
        for model in models {
            guard let name = SwiftName(model.name.value) else { continue }
            if extended.contains(model.name.value) { types.append((DerivedNames.fields(of: name).bare, model.name)) }
            if !model.variants.isEmpty { types.append((DerivedNames.form(of: name).bare, model.name)) }
        }
        return types
    }

    /// Returns the names that several catalogs use.
    private func duplicates(
        of names: [[(name: String, place: Located<String>)]], rule: String, _ problem: String, hint: String
    ) -> [Diagnostic] {
        var owners: [String: (catalog: Int, place: Located<String>)] = [:]
        var findings: [Diagnostic] = []
        for (catalog, names) in names.enumerated() {
            for (name, place) in names {
                guard let owner = owners[name] else {
                    owners[name] = (catalog, place)
                    continue
                }
                // Within one catalog, other rules report it.
                guard owner.catalog != catalog else { continue }
                findings.append(
                    Diagnostic(
                        rule: rule, "\(problem) `\(name)`", at: place.location, hint: hint,
                        notes: [.init("the other one is here", at: owner.place.location)]))
            }
        }
        return findings
    }
}
