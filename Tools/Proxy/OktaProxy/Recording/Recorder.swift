#if Proxy
#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif
package import HTTPTypes
package import OktaCommand
internal import OktaRuntime
internal import Synchronization

/// Writes exchanges to a file, one line of JSON each, in the form of `okta-generator drift traffic` and
/// `okta-conformance`. People, secrets and ids are replaced, so that the file can be shared.
package final class Recorder: Sendable {
    private let descriptor: Int32
    private let orgOrigin: String
    private let state: Mutex<(sequence: Int, names: Pseudonyms)>
    /// Texts that must not occur in the file.
    private let forbidden: [[UInt8]]

    /// Opens a file that only its owner can read. An existing file is appended to.
    ///
    /// - Parameters:
    ///   - orgOrigin: The org's origin, which the recording replaces.
    ///   - forbidden: Secrets of the proxy, which are in no line, even if the org returns them.
    package init(
        _ path: String, orgOrigin: String, forbidden: [String] = [], seed: UInt64 = .random(in: 0 ... .max)
    ) throws(CommandFailure) {
        descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw .usage("the recording \(path) cannot be written: \(String(cString: strerror(errno)))")
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, fchmod(descriptor, 0o600) == 0 else {
            close(descriptor)
            throw .usage("the recording \(path) is not your file")
        }
        self.orgOrigin = orgOrigin
        self.forbidden = forbidden.map { Array($0.utf8) }
        state = Mutex((0, Pseudonyms(seed: seed, orgOrigin: orgOrigin)))
    }

    deinit { close(descriptor) }

    /// Appends an exchange. The line is written at once, so that killing the process loses at most the last one.
    package func record(
        _ request: HTTPRequest, _ requestBody: RecordedBody, _ response: HTTPResponse, _ responseBody: RecordedBody
    ) {
        state.withLock { state in
            let names = RecordedText(names: state.names)
            let line: JSON = [
                "cassette": "okta-proxy", "seq": JSON(state.sequence),
                "request": [
                    "method": JSON(request.method.rawValue),
                    "url": JSON(names.url(request.path ?? "/")),
                    "headers": Self.fields(request.headerFields, Self.requestFields, names),
                    "body": names.body(requestBody, request.headerFields),
                ],
                "response": [
                    "status": JSON(response.status.code),
                    "headers": Self.fields(response.headerFields, Self.responseFields, names),
                    "body": names.body(responseBody, response.headerFields),
                ],
            ]
            state.names = names.names
            state.sequence += 1
            let bytes = line.bytes
            guard !forbidden.contains(where: { ByteSearch.contains(bytes, $0) }) else { return }
            write(bytes + [UInt8(ascii: "\n")])
        }
    }

    private func write(_ bytes: [UInt8]) {
        _ = DescriptorWriter.writeAll(bytes, to: descriptor)
    }

    private static func fields(_ fields: HTTPFields, _ names: Set<String>, _ text: RecordedText) -> JSON {
        var result = JSON.emptyObject
        for field in fields where names.contains(field.name.canonicalName) {
            let name = field.name.canonicalName
            result[name] = JSON((result[name]?.elements ?? []) + [JSON(text.plain(field.value))])
        }
        return result
    }

    /// Header fields that are known to contain no credentials.
    private static let requestFields: Set<String> = ["accept", "content-type", "if-none-match", "prefer"]
    private static let responseFields: Set<String> = [
        "content-type", "date", "etag", "link", "location", "retry-after", "x-okta-request-id", "x-rate-limit-limit",
        "x-rate-limit-remaining", "x-rate-limit-reset", "cache-control",
    ]
}
#endif
