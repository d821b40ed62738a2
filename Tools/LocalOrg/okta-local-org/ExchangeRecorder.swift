import Foundation
import OktaLocalOrg
import OktaRuntime
internal import Synchronization

/// Writes exchanges in the form that `make conformance` reads, without the header fields that contain credentials.
final class ExchangeRecorder: Sendable {
    private static let leftOut: Set = ["authorization", "cookie", "dpop", "x-forwarded-proto"]

    private let file: FileHandle
    private let sequence = Mutex(0)

    init(_ path: String) throws {
        guard FileManager.default.createFile(atPath: path, contents: nil), let file = FileHandle(forWritingAtPath: path)
        else {
            throw Arguments.Problem(description: "'\(path)' cannot be written")
        }
        self.file = file
    }

    func record(_ request: LocalRequest, _ response: LocalResponse) {
        sequence.withLock { number in
            let host = request.header("host") ?? "localhost"
            // The server adds the scheme to each request.
            let scheme = request.header("x-forwarded-proto") ?? "http"
            let line: JSON = [
                "cassette": "okta-local-org", "seq": JSON(number),
                "request": [
                    "method": JSON(request.method), "url": JSON("\(scheme)://\(host)\(request.target)"),
                    "headers": Self.fields(
                        request.headers.filter { !Self.leftOut.contains($0.name.lowercased()) }),
                    "body": JSON(String(decoding: request.body, as: UTF8.self)),
                ],
                "response": [
                    "status": JSON(response.status), "headers": Self.fields(response.headers),
                    "body": JSON(String(decoding: response.body, as: UTF8.self)),
                ],
            ]
            number += 1
            try? file.write(contentsOf: Data(line.bytes + [UInt8(ascii: "\n")]))
        }
    }

    private static func fields(_ headers: [(name: String, value: String)]) -> JSON {
        var fields = JSON.emptyObject
        for (name, value) in headers {
            let name = name.lowercased()
            fields[name] = JSON((fields[name]?.elements ?? []) + [JSON(value)])
        }
        return fields
    }
}
