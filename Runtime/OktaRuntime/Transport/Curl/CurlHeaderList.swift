internal import CCurlShim
internal import HTTPTypes

/// The header fields of a request in libcurl's form.
struct CurlHeaderList: ~Copyable {
    private let fields: HTTPFields
    private(set) var pointer: UnsafeMutablePointer<curl_slist>?

    init(_ fields: HTTPFields, hasBody: Bool) throws(TransportError) {
        self.fields = fields
        if hasBody {
            // libcurl must neither declare the body as a form nor wait for "100 Continue".
            try append("Expect:")
            if !fields.contains(.contentType) { try append("Content-Type:") }
        }
        for field in fields where !Self.ownedByLibrary.contains(field.name) {
            // "Name:" would remove a header; "Name;" is libcurl's syntax for an empty one.
            let value = field.value
            try append(value.isEmpty ? field.name.rawName + ";" : field.name.rawName + ": " + value)
        }
    }

    deinit {
        curl_slist_free_all(pointer)
    }

    /// Whether the list holds these fields; the order of fields with different names has no meaning.
    func stands(for fields: HTTPFields) -> Bool { self.fields == fields }

    private mutating func append(_ line: String) throws(TransportError) {
        guard let longer = curl_slist_append(pointer, line) else {
            throw TransportError(.other, detail: "out of memory")
        }
        pointer = longer
    }

    /// Fields that describe the connection or the framing: libcurl writes them itself.
    private static let ownedByLibrary: Set<HTTPField.Name> = [
        .contentLength, .transferEncoding, .connection, .acceptEncoding, .expect, .upgrade,
    ]
}
