import YAML

/// Resolves the names of folders and files, and finds those that collide.
///
/// A module cannot have two files with the same name, even in different folders; some disks are case-insensitive.
struct FileNameResolver {
    private(set) var findings: [Diagnostic] = []
    private var taken: [String: String] = [:]
    private var folders: [String: SwiftName] = [:]

    init(groups: [SwiftNames.Group]) {
        for path in Self.fixed { taken[Self.key(path)] = path }
        for group in groups {
            for path in ["Actions/\(group.type).swift", "Registry/\(group.type)+Registry.swift"] {
                taken[Self.key(path)] = path
            }
        }
    }

    /// Those that every module has, and the one with which it would be a program.
    private static let fixed = [
        "Exports.swift", "Registry/ModelSchema+Okta.swift", "Registry/ActionRegistry+Okta.swift", "main.swift",
    ]

    /// The folder of a file of models.
    mutating func folder(of file: Catalog.ModelFile, in category: CatalogCategory?) -> SwiftName {
        let words = category?.swiftName?.value ?? file.category.value
        if let name = SwiftName(IdentifierWords(words).upperCamelCase) {
            let other = folders.updateValue(name, forKey: name.bare.lowercased())
            if let other, other != name {
                findings.append(
                    Diagnostic(
                        rule: "file-name-collision", "the folders `\(name)` and `\(other)` are one on some disks",
                        at: file.category.location, hint: "pin another name of one of the categories with `swift:`"))
            }
            return name
        }
        findings.append(
            Diagnostic(
                rule: "invalid-name", "`\(file.category.value)` yields no Swift name for a folder",
                at: file.category.location,
                hint: "pin one with `swift:` in the category's file of actions: letters, digits and `_`"))
        return .reported
    }

    /// Takes the files of a folder: one for each group of models and enumerations.
    mutating func take(_ file: Catalog.ModelFile, in folder: SwiftName) {
        var groups: Set<String> = []
        for group in file.models.map(\.group) + file.enumerations.map(\.group)
        where groups.insert(group).inserted {
            let path = "Models/\(folder)/\(group).swift"
            if SwiftName(group) == nil {
                findings.append(
                    Diagnostic(
                        rule: "invalid-group", "`\(group)` cannot name a file", at: file.category.location,
                        hint: "use letters, digits and `_`"))
            }
            if let other = taken[Self.key(path)] {
                let isFixed = other == "main.swift"
                findings.append(
                    Diagnostic(
                        rule: "file-name-collision",
                        isFixed
                            ? "a module with a file `\(path)` would be a program"
                            : "`\(path)` and `\(other)` cannot be in one module",
                        at: file.category.location,
                        hint: "give \(isFixed ? "it" : "one of the two") another name with `group:`"))
            }
            taken[Self.key(path)] = path
        }
    }

    private static func key(_ path: String) -> String {
        path.split(separator: "/").last.map { $0.lowercased() } ?? path
    }
}
