internal import HTTPTypes
internal import OktaRuntime

/// The objects among which a name is looked up: the action that lists them, and the fields with their names.
package struct NamedCollection: Sendable {
    /// The noun for an object in messages, such as `group`.
    package let noun: String
    /// The action that lists them.
    let list: CommandAction
    /// The fields that name an object, most specific first, as dotted paths.
    let fields: [String]
    /// The member with an object's id if it is not `id`.
    let idField: String
    /// The common prefix of the ids; nil if there is none.
    let idPrefix: String?
    /// Words that the API accepts as an id.
    let words: Set<String>

    /// Users, by login, email address or full name.
    package static let users = NamedCollection(principal: 0)
    /// Groups, by name.
    package static let groups = NamedCollection(principal: 1)
    /// Apps, by label.
    package static let apps = NamedCollection(principal: 2)

    /// Objects that also occur in the paths of other objects. A list at such a path has only some of them:
    /// `/api/v1/groups/{groupId}/users` has the members, which a user to be added is not.
    private static let principals: [(noun: String, path: String, idPrefix: String, words: Set<String>)] = [
        ("user", "/api/v1/users", "00u", ["me"]), ("group", "/api/v1/groups", "00g", []),
        ("app", "/api/v1/apps", "0oa", []),
    ]

    /// The fields that name objects, in order of precedence.
    private static let nameFields = [
        "profile.login", "profile.name", "label", "name", "displayName", "profile.displayName", "title", "domain",
        "alias", "profile.email", "email",
    ]

    /// Creates the collection of a path parameter's objects.
    ///
    /// - Returns: Nil if no action lists them, or if they have no names.
    package init?(_ parameter: PathNames.Parameter, of action: CommandAction) {
        if let index = Self.principal(parameter) {
            self.init(principal: index)
            return
        }
        // The list at the path itself, then the org's list of that kind: /api/v1/apps/{appId}/policies/{policyId}.
        let last = parameter.collection.split(separator: "/").last.map(String.init) ?? ""
        let isKind = PathNames.singular(KebabCase.name(of: last)) == parameter.noun
        guard
            let found = Self.list(parameter.collection, in: action.module)
                ?? (isKind ? Self.list("/api/v1/\(last)", in: action.module) : nil)
        else { return nil }
        self.init(noun: parameter.noun, list: found, idField: parameter.name, idPrefix: nil, words: [])
        if fields.isEmpty { return nil }
    }

    private init(noun: String, list: CommandAction, idField: String, idPrefix: String?, words: Set<String>) {
        self.noun = noun
        self.idField = idField
        self.list = list
        self.idPrefix = idPrefix
        self.words = words
        let types = FieldTypes(list.module.schema)
        let model = Self.itemModel(of: list.descriptor, types)
        fields = Self.nameFields.filter { types.type(of: $0.split(separator: ".").map(String.init), in: model) != nil }
    }

    private init(principal index: Int) {
        let principal = Self.principals[index]
        let list = CatalogModule.management.registry.actions.first { $0.method == .get && $0.path == principal.path }
        // The catalog has these lists. The fallback without a path would send nothing.
        let descriptor = list ?? ActionDescriptor(category: "", name: principal.noun, swiftName: "")
        self.init(
            noun: principal.noun, list: CommandAction(descriptor, in: .management), idField: "id",
            idPrefix: principal.idPrefix, words: principal.words)
    }

    /// Returns whether a value is an id or a reserved word, which needs no look-up.
    static func isID(_ value: String, for parameter: PathNames.Parameter) -> Bool {
        guard let index = principal(parameter) else { return ObjectID.hasForm(value) }
        return principals[index].words.contains(value) || ObjectID.hasForm(value, prefix: principals[index].idPrefix)
    }

    /// Whether the objects belong to the org rather than to another object.
    package var isOfOrg: Bool { !(list.descriptor.path ?? "{").contains("{") }

    /// The path of the list, which identifies the collection.
    package var path: String { list.descriptor.path ?? "" }

    /// Returns whether the org accepts a login for a parameter, as in the path of a single user.
    static func takesLogin(_ parameter: PathNames.Parameter) -> Bool {
        parameter.name == "id" && parameter.collection == "/api/v1/users"
    }

    /// Returns the index of the principal that a parameter names: `userId` and `primaryUserId` are users, in any path.
    private static func principal(_ parameter: PathNames.Parameter) -> Int? {
        // An app in a directory integration.
        if parameter.noun == "app-instance" { return principals.firstIndex { $0.noun == "app" } }
        return principals.firstIndex {
            parameter.name == "id"
                ? parameter.collection == $0.path
                : parameter.noun == $0.noun || parameter.noun.hasSuffix("-\($0.noun)")
        }
    }

    private static func list(_ path: String, in module: CatalogModule) -> CommandAction? {
        module.registry.actions.first { action in
            action.method == .get && action.path == path && !action.isDeprecated
                && (action.isPaged || itemModel(of: action, FieldTypes(module.schema)) != nil)
                // A list with another required parameter cannot be used for a look-up.
                && action.parameters.allSatisfy { parameter in
                    !parameter.isRequired || parameter.location == .path
                        || module.help.help(for: action)?.parameters[parameter.name]?.enumeration != nil
                }
        }.map { CommandAction($0, in: module) }
    }

    /// Returns the model of an item: of the returned array, or of the only array in the returned object.
    private static func itemModel(of action: ActionDescriptor, _ types: FieldTypes) -> String? {
        guard let returns = action.returns else { return nil }
        if returns.hasPrefix("[") { return FieldTypes.element(of: returns) }
        let fields = types.fields(of: returns)
        if let items = action.pageItems {
            return fields.first { $0.name == items }.map { FieldTypes.element(of: $0.type) }
        }
        let lists = fields.filter { $0.type.hasPrefix("[") }
        return lists.count == 1 && lists[0].name != "_links" ? FieldTypes.element(of: lists[0].type) : nil
    }
}
