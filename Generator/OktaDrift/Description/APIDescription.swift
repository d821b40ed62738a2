import OktaCatalog
import OktaUpstream
import YAML

/// The description of an API by one input, in the common form in which documents and catalogs are compared.
///
/// It is a normal form: inputs with the same meaning have the same description, and it includes all meaningful parts of
/// an input, as facts with rules or as ``Remarks``. Types are referenced by number, so that a type may refer to itself,
/// and two descriptions share no state.
public struct APIDescription: Sendable {
    /// The operations, in the order of the input.
    var operations: [OperationDescription] = []
    /// The types. A ``TypeUse`` refers to a type by its index.
    var shapes: [Shape] = []
    /// The types that callers use by name, when names are part of the description.
    var declared: [String: Int] = [:]
    /// Statements about the API as a whole.
    var remarks = Remarks()
    /// The hash of the whole input, including parts without meaning.
    public internal(set) var content: String
    /// The text of a document, for finding locations.
    var text: DocumentText?
    /// The files of a catalog, which are not described completely.
    var files: [String: YAMLNode] = [:]

    init(content: String) {
        self.content = content
    }

    /// Returns the flags of a type at a use, and of the type itself.
    func flags(of use: TypeUse) -> TypeFlags { use.flags.union(shapes[use.shape].flags) }

    func lifecycle(of use: TypeUse) -> String { use.lifecycle ?? shapes[use.shape].lifecycle ?? "GA" }

    func limits(of use: TypeUse) -> Limits {
        var limits = use.limits
        limits.add(shapes[use.shape].limits)
        return limits
    }

    func remarks(of use: TypeUse) -> Remarks {
        var remarks = use.remarks
        let inner = shapes[use.shape].remarks
        remarks.words.add(behind: inner.words)
        for (key, values) in inner.unmodelled { remarks.unmodelled[key, default: []] += values }
        return remarks
    }

    /// Returns the same facts without descriptions, which two sides may write differently.
    func withoutWords() -> APIDescription {
        var result = self
        for index in result.operations.indices {
            result.operations[index].remarks = Remarks()
            for parameter in result.operations[index].parameters.indices {
                result.operations[index].parameters[parameter].remarks = Remarks()
            }
        }
        for index in result.shapes.indices {
            result.shapes[index].remarks = Remarks()
            for field in result.shapes[index].fields.indices {
                result.shapes[index].fields[field].use.remarks = Remarks()
            }
        }
        return result
    }
}

/// One operation.
struct OperationDescription: Sendable {
    var identity: OperationIdentity
    /// The path as written in the input.
    var path: String
    /// The name in reports: method and path, or the symbol of the library.
    var symbol: String
    /// The library's group; nil in Okta's document.
    var group: String?
    /// Former names of the action that still work, as symbols.
    var formerSymbols: [String] = []
    /// Okta's categories, in lower case.
    var tags: [String] = []
    /// Okta's id.
    var operationID: String?
    var parameters: [ParameterDescription] = []
    var body: BodyDescription?
    var responses: [ResponseDescription] = []
    /// The OAuth 2.0 scopes and other schemes that permit it.
    var scopes: [String] = []
    var lifecycle: String
    var isDeprecated: Bool
    /// The paging of a list, in words; nil for other operations, and in Okta's document.
    var paging: String?
    /// The credentials of a call, in words; nil in Okta's document, for which the scopes and schemes are compared.
    var authorization: String?
    /// The host in words; nil in Okta's document, where the servers are compared.
    var host: String?
    /// Whether Okta calls the operation, like a webhook.
    var isInbound = false
    var remarks: Remarks
    var location: SourceLocation
}

/// A parameter.
struct ParameterDescription: Sendable {
    /// The name on the wire.
    var name: String
    /// The Swift label; nil without one, and in Okta's document.
    var label: String?
    var place: String
    var use: TypeUse
    var isRequired: Bool
    /// The form of a list in a query, in words; nil for any other parameter, and in Okta's document, where the keywords
    /// are compared.
    var listForm: String?
    var remarks: Remarks
    var location: SourceLocation
}

/// A request body.
struct BodyDescription: Sendable {
    var isRequired: Bool
    var media: [MediaDescription]
    var remarks = Remarks()
    var location: SourceLocation
}

/// The response with one status.
struct ResponseDescription: Sendable {
    var status: String
    var media: [MediaDescription]
    var remarks = Remarks()
    var location: SourceLocation
}

/// Content of one media type.
struct MediaDescription: Sendable {
    var name: String
    var use: TypeUse
    var remarks = Remarks()
    var location: SourceLocation
}
