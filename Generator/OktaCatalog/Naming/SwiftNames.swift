public import YAML

/// All Swift names of a catalog. They are resolved once, for the generated sources, lists and comparisons.
public struct SwiftNames: Sendable {
    /// The names of a category.
    package struct Group: Sendable {
        /// The property of the client, such as `user`.
        package var property: SwiftName
        /// The type, such as `UserActions`.
        package var type: SwiftName
        /// The functions, in the order of the actions.
        package var functions: [Function]
    }

    /// The names of an action.
    package struct Function: Sendable {
        package var name: SwiftName
        /// The former names, in the order of the catalog.
        package var formerNames: [SwiftName]
        /// The functions for other media types, in the order of the catalog.
        package var alternatives: [Alternative]
        /// The parameters, in the order of the catalog.
        package var parameters: [SwiftName]
    }

    /// The names of a function for another media type.
    package struct Alternative: Sendable {
        package var name: SwiftName
        package var formerNames: [SwiftName]
    }

    /// The names of a model.
    package struct Model: Sendable {
        package var name: SwiftName
        var fields: [ExactText: SwiftName] = [:]
        /// The cases by the model of the form.
        var cases: [String: SwiftName] = [:]
    }

    /// The names of an enumeration.
    package struct Enumeration: Sendable {
        package var name: SwiftName
        var values: [ExactText: SwiftName] = [:]
    }

    /// The module.
    package let module: SwiftName
    /// The groups, in the order of the categories.
    package let groups: [Group]
    /// The folders of the files of models, in their order.
    package let folders: [SwiftName]
    private let models: [String: Model]
    private let enumerations: [String: Enumeration]
    /// The errors for invalid, reserved and repeated names. If there are any, some names are unresolved.
    public let findings: [Diagnostic]

    /// Resolves the names of a catalog, with errors or without.
    public init(_ catalog: Catalog) {
        var types = NameScope()
        var findings: [Diagnostic] = []
        let modelNames = ModelNameResolver(catalog: catalog, types: &types)
        var groupNames = GroupNameResolver()
        groups = catalog.categories.map { groupNames.group($0, types: &types) }
        var files = FileNameResolver()
        let categories = Dictionary(texts: catalog.categories.map { ($0.name.value, $0) })
        var folders: [SwiftName] = []
        var ofFolders: Set<SwiftName> = []
        for file in catalog.modelFiles {
            let folder = files.folder(of: file, in: categories[text: file.category.value])
            files.checkGroups(of: file)
            folders.append(folder)
            guard folder != .reported, ofFolders.insert(folder).inserted else { continue }
            for name in [DerivedNames.readers(ofFolder: folder), DerivedNames.forms(ofFolder: folder)] {
                types.takeDerived(
                    name, from: file.category,
                    hint: "choose another name; `…Readers` and `…Forms` are reserved for the folder of the category")
            }
        }
        module = Self.module(catalog.service.module, types: types, reporting: &findings)
        self.folders = folders
        models = modelNames.models
        enumerations = modelNames.enumerations
        self.findings = findings + types.findings + modelNames.findings + groupNames.findings + files.findings
    }

    /// Validates the module's name. Imports use this name, and backticks do not allow a keyword there.
    private static func module(
        _ module: Located<String>, types: NameScope, reporting findings: inout [Diagnostic]
    ) -> SwiftName {
        guard let name = SwiftName(module.value) else {
            findings.append(
                Diagnostic(
                    rule: "invalid-name", "`\(module.value)` yields no Swift name for a module", at: module.location,
                    hint: "write letters, digits and `_`, not starting with a digit, and without backticks"))
            return .reported
        }
        if name.source != name.bare {
            findings.append(
                Diagnostic(
                    rule: "reserved-name", "a module cannot be named `\(name)`, a keyword of Swift",
                    at: module.location, hint: "choose another name"))
        } else if ReservedNames.containsModule(name.bare) {
            findings.append(
                Diagnostic(
                    rule: "reserved-name", "a module cannot be named `\(name)`, as a type or another module is",
                    at: module.location, hint: "choose another name"))
        } else if let owner = types.owner(of: name) {
            // `Module.Type` would be looked up in the type of the same name.
            findings.append(
                Diagnostic(
                    rule: "swift-name-collision", "the Swift name `\(name)` of this module is already in use",
                    at: module.location, hint: "choose another name",
                    notes: [.init("it is used", at: owner.location)]))
        }
        return name
    }

    // MARK: Looking up

    /// Returns the name of a model or enumeration; an invalid one is reported at its declaration.
    package func type(_ name: String) -> SwiftName {
        models[name]?.name ?? enumerations[name]?.name ?? SwiftName(name) ?? .reported
    }

    /// Returns the property of a field that a model declares.
    package func field(_ wireName: String, of model: String) -> SwiftName {
        models[model]?.fields[ExactText(wireName)] ?? .reported
    }

    /// Returns the value of an enumeration; nil for a text that it does not list.
    package func value(_ text: String, of enumeration: String) -> SwiftName? {
        enumerations[enumeration]?.values[ExactText(text)]
    }

    /// Returns the case of a variant in the enumeration of its union.
    package func caseName(of form: String, in union: String) -> SwiftName {
        models[union]?.cases[form] ?? .reported
    }

    /// Returns the parameter for a discriminator that the variant does not declare as a field.
    package func undeclaredField(_ wireName: String, besides taken: Set<SwiftName>) -> SwiftName {
        let words = IdentifierWords(wireName).lowerCamelCase
        var name = NameScope.derived(words, as: .field) ?? SwiftName(literal: "form")
        while taken.contains(name) { name = name.followed(by: "Value") }
        return name
    }
}
