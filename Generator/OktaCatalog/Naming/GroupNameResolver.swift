import YAML

/// Resolves the names of groups, and of the functions and parameters in them.
struct GroupNameResolver {
    private var memberFindings: [Diagnostic] = []
    /// The properties of the client.
    private var properties = NameScope()

    /// Resolves a category. The name of its type is taken in the scope of the module.
    mutating func group(_ category: CatalogCategory, types: inout NameScope) -> SwiftNames.Group {
        let words = IdentifierWords(category.name.value).lowerCamelCase
        let origin = category.swiftName ?? category.name
        let property = property(of: category)
        let typeWords = IdentifierWords(category.swiftName?.value ?? words).upperCamelCase
        let type = types.resolve(DerivedNames.actions(ofGroup: typeWords), pinned: nil, for: origin, as: .type)
        if let type { types.takeDerived(type, from: origin, hint: "pin another name of the category with `swift:`") }
        var functions = NameScope()
        let resolved = category.actions.map { function($0, in: &functions) }
        memberFindings += functions.findings
        return SwiftNames.Group(property: property, type: type ?? .reported, functions: resolved)
    }

    /// Returns the property of the client. A collision need not be reported, because groups with the same property also
    /// have the same type name, which is reported.
    mutating func property(of category: CatalogCategory) -> SwiftName {
        let words = IdentifierWords(category.name.value).lowerCamelCase
        return properties.resolve(words, pinned: category.swiftName, for: category.name, as: .group) ?? .reported
    }

    /// The errors for unavailable names of groups, functions and parameters.
    var findings: [Diagnostic] { properties.findings + memberFindings }

    private mutating func function(_ action: CatalogAction, in scope: inout NameScope) -> SwiftNames.Function {
        let words = IdentifierWords(action.name.value).lowerCamelCase
        let name = scope.take(words, pinned: action.swiftName, for: action.name, as: .function)
        let formerNames = action.renames.map { formerName($0, in: &scope) }
        let alternatives = action.alternatives.map { alternative in
            let suffix = "As" + Self.words(ofMedia: alternative.media.value)
            let base = action.swiftName?.value ?? words
            return SwiftNames.Alternative(
                name: scope.take(base + suffix, pinned: nil, for: alternative.media, as: .function),
                formerNames: action.renames.map { formerName($0, suffix: suffix, in: &scope) })
        }
        var parameters = NameScope()
        let names = action.parameters.map { parameter in
            parameters.take(
                IdentifierWords(parameter.name.value).lowerCamelCase, pinned: parameter.swiftName, for: parameter.name,
                as: .parameter)
        }
        memberFindings += parameters.findings
        return SwiftNames.Function(
            name: name, formerNames: formerNames, alternatives: alternatives, parameters: names)
    }

    private func formerName(
        _ rename: CatalogAction.Rename, suffix: String = "", in scope: inout NameScope
    ) -> SwiftName {
        let words = rename.from.map { IdentifierWords($0.value).lowerCamelCase } ?? ""
        guard let origin = rename.from ?? rename.swiftName else { return .reported }
        if suffix.isEmpty { return scope.take(words, pinned: rename.swiftName, for: origin, as: .function) }
        return scope.take((rename.swiftName?.value ?? words) + suffix, pinned: nil, for: origin, as: .function)
    }

    /// Returns the words of a media type, such as `Pkcs10` for `application/pkcs10`.
    private static func words(ofMedia media: String) -> String {
        IdentifierWords(media.split(separator: "/").last.map(String.init) ?? "").upperCamelCase
    }
}
