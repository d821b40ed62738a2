import OktaCatalog

/// The kind of an object in an OpenAPI document by its position: the only table of the document's structure.
package enum OpenAPIPlace: String, Sendable, Hashable {
    case document, components, pathItem, operation, parameter, header, requestBody, mediaType, encoding, response
    case link, example, callback, schema

    /// The children of a key.
    package enum Children: Sendable {
        /// One object.
        case one(OpenAPIPlace)
        /// Objects in a list.
        case list(OpenAPIPlace)
        /// Objects by name.
        case map(OpenAPIPlace)
    }

    /// Returns the children of a key of such an object; nil for values without objects, and where any value is allowed.
    package func children(under key: String) -> Children? {
        switch self {
        case .callback: key.hasPrefix("x-") ? nil : .one(.pathItem)
        case .schema: Self.schemaKeys[key]
        default: Self.otherKeys[self]?[key]
        }
    }

    /// Whether a reference may replace such an object.
    package var takesReference: Bool {
        switch self {
        case .document, .components, .operation, .mediaType, .encoding: false
        default: true
        }
    }

    /// Whether the object affects the import, so that a value of another kind is an error.
    var isRead: Bool {
        switch self {
        case .header, .link, .example, .encoding, .callback: false
        default: true
        }
    }

    /// The name of such an object in messages.
    var noun: String {
        switch self {
        case .document: "a document"
        case .components: "components"
        case .pathItem: "a path item"
        case .operation: "an operation"
        case .parameter: "a parameter"
        case .header: "a header"
        case .requestBody: "a request body"
        case .mediaType: "a media type"
        case .encoding: "an encoding"
        case .response: "a response"
        case .link: "a link"
        case .example: "an example"
        case .callback: "a callback"
        case .schema: "a schema"
        }
    }

    /// The methods of a path item.
    static let methods = ["get", "put", "post", "delete", "patch", "head", "options", "trace"]

    private static let schemaKeys: [String: Children] = [
        "properties": .map(.schema), "patternProperties": .map(.schema), "$defs": .map(.schema),
        "definitions": .map(.schema), "dependentSchemas": .map(.schema),
        "allOf": .list(.schema), "oneOf": .list(.schema), "anyOf": .list(.schema), "prefixItems": .list(.schema),
        "items": .one(.schema), "additionalProperties": .one(.schema), "not": .one(.schema), "if": .one(.schema),
        "then": .one(.schema), "else": .one(.schema), "contains": .one(.schema), "propertyNames": .one(.schema),
        "unevaluatedItems": .one(.schema), "unevaluatedProperties": .one(.schema), "contentSchema": .one(.schema),
    ]

    private static let otherKeys: [OpenAPIPlace: [String: Children]] = [
        .document: [
            "paths": .map(.pathItem), "webhooks": .map(.pathItem), "x-webhooks": .map(.pathItem),
            "components": .one(.components),
        ],
        .components: [
            "schemas": .map(.schema), "responses": .map(.response), "parameters": .map(.parameter),
            "requestBodies": .map(.requestBody), "headers": .map(.header), "pathItems": .map(.pathItem),
            "callbacks": .map(.callback), "examples": .map(.example), "links": .map(.link),
        ],
        .pathItem: Dictionary(
            methods.map { ($0, Children.one(.operation)) } + [("parameters", .list(.parameter))],
            uniquingKeysWith: { first, _ in first }),
        .operation: [
            "parameters": .list(.parameter), "requestBody": .one(.requestBody), "responses": .map(.response),
            "callbacks": .map(.callback),
        ],
        .parameter: ["schema": .one(.schema), "content": .map(.mediaType), "examples": .map(.example)],
        .header: ["schema": .one(.schema), "content": .map(.mediaType), "examples": .map(.example)],
        .requestBody: ["content": .map(.mediaType)],
        .mediaType: ["schema": .one(.schema), "examples": .map(.example), "encoding": .map(.encoding)],
        .encoding: ["headers": .map(.header)],
        .response: ["headers": .map(.header), "content": .map(.mediaType), "links": .map(.link)],
    ]
}
