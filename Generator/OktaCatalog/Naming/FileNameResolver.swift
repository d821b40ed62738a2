import YAML

/// Resolves the names of the files of models. There is one file per category.
struct FileNameResolver {
    private(set) var findings: [Diagnostic] = []
    private var folders: [String: SwiftName] = [:]

    /// Returns the name of a category's file, which must be unique on case-insensitive disks.
    mutating func folder(of file: Catalog.ModelFile, in category: CatalogCategory?) -> SwiftName {
        let words = category?.swiftName?.value ?? file.category.value
        if let name = SwiftName(IdentifierWords(words).upperCamelCase) {
            let other = folders.updateValue(name, forKey: name.bare.lowercased())
            if let other, other != name {
                findings.append(
                    Diagnostic(
                        rule: "file-name-collision",
                        "the files `\(name)` and `\(other)` have the same name on disks that ignore case",
                        at: file.category.location, hint: "pin another name of one of the categories with `swift:`"))
            }
            return name
        }
        findings.append(
            Diagnostic(
                rule: "invalid-name", "`\(file.category.value)` yields no Swift name for a file",
                at: file.category.location,
                hint: "pin one with `swift:` in the category's file of actions: letters, digits and `_`"))
        return .reported
    }

    /// Checks the names of the groups, which head the sections of the file.
    mutating func checkGroups(of file: Catalog.ModelFile) {
        var groups: Set<String> = []
        for group in file.models.map(\.group) + file.enumerations.map(\.group)
        where groups.insert(group).inserted && SwiftName(group) == nil {
            findings.append(
                Diagnostic(
                    rule: "invalid-group", "`\(group)` cannot be the heading of a section", at: file.category.location,
                    hint: "use letters, digits and `_`"))
        }
    }
}
