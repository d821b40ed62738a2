import Foundation
import HTTPTypes
import MultiLoop

/// libcurl alone, in C.
enum MultiLoopClient {
    @Sendable static func run(_ load: Load) -> Int {
        let lines = load.headers.map { strdup("\($0.name.rawName): \($0.value)") }
        defer { lines.forEach { free($0) } }
        var headers: [UnsafePointer<CChar>?] = lines.map { $0.map { UnsafePointer($0) } }
        headers.append(nil)
        return multi_loop_run(
            load.url, load.isSecure ? load.caBundle : nil, &headers, load.count, Int32(Load.inFlight), Load.bodySize)
    }
}
