internal import HTTPTypes
internal import OktaRuntime

/// The objects among which a name is looked up: the action that lists them, and the fields that name them.
package struct NamedCollection: Sendable {
    /// What one of them is called in messages, such as `group`.
    package let noun: String
    /// The action that lists them.
    let list: CommandAction
    /// The fields that name an object, the most specific first, as paths with dots.
    let fields: [String]
    /// The member of an object that has its id, where it is not `id`.
    let idField: String
    /// What the ids begin with, where all of the kind share it.
    let idPrefix: String?
    /// Words that the API takes for an id.
    let words: Set<String>

    /// Users, by login, mail address or full name.
    package static let users = NamedCollection(principal: 0)
    /// Groups, by name.
    package static let groups = NamedCollection(principal: 1)
    /// Apps, by label.
    package static let apps = NamedCollection(principal: 2)

    /// The objects that also stand in the paths of other objects. There, a list of the same path has only some of
    /// them: `/api/v1/groups/{groupId}/users` has the members, and a user who is added is none yet.
    private static let principals: [(noun: String, path: String, idPrefix: String, words: Set<String>)] = [
        ("user", "/api/v1/users", "00u", ["me"]), ("group", "/api/v1/groups", "00g", []),
        ("app", "/api/v1/apps", "0oa", []),
    ]

    /// The fields that name objects, in the order in which they count.
    private static let nameFields = [
        "profile.login", "profile.name", "label", "name", "displayName", "profile.displayName", "title", "domain",
        "alias", "profile.email", "email",
    ]

    /// The objects that a parameter of a path names.
    ///
    /// - Returns: nil where nothing lists them, or where they have no names.
    package init?(_ parameter: PathNames.Parameter, of action: CommandAction) {
        if let index = Self.principal(parameter) {
            self.init(principal: index)
            return
        }
        // The list of the path itself, then the org's list of that kind: /api/v1/apps/{appId}/policies/{policyId}.
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
        // The catalog has these lists; the descriptor without a path would send nothing.
        let descriptor = list ?? ActionDescriptor(category: "", name: principal.noun, swiftName: "")
        self.init(
            noun: principal.noun, list: CommandAction(descriptor, in: .management), idField: "id",
            idPrefix: principal.idPrefix, words: principal.words)
    }

    /// Whether a value is used as it is.
    static func isID(_ value: String, for parameter: PathNames.Parameter) -> Bool {
        guard let index = principal(parameter) else { return ObjectID.hasForm(value) }
        return principals[index].words.contains(value) || ObjectID.hasForm(value, prefix: principals[index].idPrefix)
    }

    /// Whether the objects belong to the org itself, and not to another object.
    package var isOfOrg: Bool { !(list.descriptor.path ?? "{").contains("{") }

    /// What tells the collection from others.
    package var path: String { list.descriptor.path ?? "" }

    /// Whether the org takes a login for a parameter: it finds users by it where the path is that of one user.
    static func takesLogin(_ parameter: PathNames.Parameter) -> Bool {
        parameter.name == "id" && parameter.collection == "/api/v1/users"
    }

    /// Which of the principals a parameter names: `userId` and `primaryUserId` a user, wherever they stand.
    private static func principal(_ parameter: PathNames.Parameter) -> Int? {
        // An app under its name in a directory integration.
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
                // A list that must be given something unknown lists nothing by name.
                && action.parameters.allSatisfy { parameter in
                    !parameter.isRequired || parameter.location == .path
                        || module.help.help(for: action)?.parameters[parameter.name]?.enumeration != nil
                }
        }.map { CommandAction($0, in: module) }
    }

    /// The model of one item: of the array that is returned, or of the only array in the object that is returned.
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
