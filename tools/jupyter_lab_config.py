{"ServerApp": {"root_dir": "."}}
