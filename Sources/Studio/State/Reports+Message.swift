import Catalogue

extension ImportReport {
    /// The report as one sentence.
    public var message: StatusMessage {
        var parts = ["\(products.count + references.count) imported"]
        if !duplicates.isEmpty { parts.append("\(duplicates.count) already here") }
        if !changed.isEmpty { parts.append("\(changed.count) changed") }
        if !missing.isEmpty { parts.append("\(missing.count) missing (\(missing.prefix(3).joined(separator: ", ")))") }
        if !ignored.isEmpty { parts.append("\(ignored.count) that are no PNG or JPEG left alone") }
        guard let first = problems.first else {
            return StatusMessage(missing.isEmpty ? .info : .warning, parts.joined(separator: ", "))
        }
        parts.append("\(problems.count) refused")
        return StatusMessage(.warning, parts.joined(separator: ", ") + ": " + first.message)
    }
}

extension ExportReport {
    /// The report as one sentence.
    public var message: StatusMessage {
        if let first = failures.first {
            return StatusMessage(.error, "\(items.count) exported, \(failures.count) failed: \(first)")
        }
        guard !items.isEmpty else {
            return StatusMessage(.warning, "nothing to export: no candidate is approved", advice: "approve one first")
        }
        return StatusMessage(.info, "\(items.count) exported", advice: copyCommand)
    }
}
