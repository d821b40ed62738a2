package import OktaRuntime

/// The path parameters of an action that name objects, and their options.
///
/// One rule applies to all actions: a parameter that ends with `Id` names an object, so `groupId` can also be given as
/// `--group`, and `policyId` as `--policy`. A parameter named `id` takes the noun of the preceding path segment:
/// `/api/v1/hook-keys/{id}` is `--hook-key`.
package struct PathNames: Sendable {
    /// A parameter that names an object.
    package struct Parameter: Sendable, Hashable {
        /// The parameter's name in the API.
        package let name: String
        /// The noun of its objects on the command line, such as `group`.
        package let noun: String
        /// The path before the parameter, such as `/api/v1/groups`.
        package let collection: String
    }

    /// The parameters in the order of the path.
    package let parameters: [Parameter]

    package init(_ action: ActionDescriptor) {
        var parameters: [Parameter] = []
        let path = action.path ?? ""
        for parameter in action.parameters where parameter.location == .path {
            guard let place = path.firstRange(of: "/{\(parameter.name)}") else { continue }
            let collection = String(path[..<place.lowerBound])
            guard let noun = Self.noun(of: parameter.name, in: collection) else { continue }
            parameters.append(Parameter(name: parameter.name, noun: noun, collection: collection))
        }
        self.parameters = parameters
    }

    /// Returns the short options: parameter names by option name.
    ///
    /// - Parameter taken: Options of the program, which take precedence.
    package func options(besides taken: Set<String>) -> [String: String] {
        let pairs = parameters.map { ($0.noun, $0.name) }.filter { !taken.contains("--\($0.0)") }
        // The first parameter of a noun in the path gets the option.
        return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }

    private static func noun(of parameter: String, in collection: String) -> String? {
        if parameter == "id" {
            return collection.split(separator: "/").last.map { singular(KebabCase.name(of: String($0))) }
        }
        // The org resolves alternatives itself: userIdOrLogin, roleIdOrLabel.
        guard parameter.hasSuffix("Id"), !parameter.contains("IdOr"), !parameter.lowercased().contains("external")
        else { return nil }
        return KebabCase.name(of: String(parameter.dropLast(2)))
    }

    /// Returns the plural of a noun of ``Parameter``.
    static func plural(_ noun: String) -> String {
        let endsInConsonantY = noun.hasSuffix("y") && !noun.dropLast().hasSuffix("e") && !noun.dropLast().hasSuffix("a")
        return endsInConsonantY ? noun.dropLast() + "ies" : noun + "s"
    }

    /// Returns the singular of the last word of a collection's name.
    static func singular(_ plural: String) -> String {
        if plural.hasSuffix("ies") { return plural.dropLast(3) + "y" }
        return plural.hasSuffix("s") ? String(plural.dropLast()) : plural
    }
}
